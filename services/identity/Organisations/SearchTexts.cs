using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// Gives organisations that are older than the search their search text: a migration cannot read Chinese. And their first
/// version to those that the release before wrote while this one was being installed. Finds nothing to do ever after.
/// </summary>
internal sealed class SearchTexts(IServiceScopeFactory scopes, PostgresReadiness postgres, TimeProvider clock, ILogger<SearchTexts> logger) : BackgroundService
{
    private const int AtOnce = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.UntilDoneAsync("search-texts", FillAllAsync, clock, logger, stoppingToken);
    }

    private async Task FillAllAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().Database.ExecuteSqlRawAsync(FirstVersions.Sql, cancellationToken);
        }

        while (await FillAsync(cancellationToken) == AtOnce)
        {
        }
    }

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var rows = await db.Organisations.AsNoTracking().Where(o => o.SearchText == "").OrderBy(o => o.Number).Take(AtOnce).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            row.ReadNamesAgain();
            // Only where nobody was faster: a change of the name brings its own text.
            await db.Organisations.Where(o => o.Id == row.Id && o.SearchText == "").ExecuteUpdateAsync(set => set.SetProperty(o => o.SearchText, row.SearchText), cancellationToken);
        }

        return rows.Count;
    }
}
