using System.ComponentModel.DataAnnotations;
using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.People;

/// <summary>How long what is kept of people (docs/privacy.md).</summary>
internal sealed record RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>A disabled person's account is erased after so many years.</summary>
    [Range(1, 30)]
    public int DisabledPeopleYears { get; init; } = 3;
}

/// <summary>Once a day: people disabled longer than their accounts may be kept are erased, each in a transaction of its own.</summary>
internal sealed class PersonEraser(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<PersonEraser> logger) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("people-erasure", Every, EraseAsync, clock, logger, stoppingToken, atOnce: true);
    }

    /// <returns>How many were erased.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now.AddYears(-options.Value.DisabledPeopleYears);
        var failed = new List<Guid>();
        for (var erased = 0; ; )
        {
            var ids = await InScopeAsync(services => services.GetRequiredService<IdentityDbContext>().People
                .Where(p => p.DisabledAt < before && p.ErasedAt == null && !failed.Contains(p.Id)).OrderBy(p => p.DisabledAt).Select(p => p.Id).Take(AtOnce).ToListAsync(cancellationToken));
            foreach (var id in ids)
            {
                try
                {
                    await InScopeAsync(services => EraseAsync(services, id, before, now, cancellationToken));
                    erased++;
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    // One that cannot be erased does not keep the others; tomorrow it is tried again.
                    failed.Add(id);
                    Rounds.Failed("people-erasure", logger, fault, failed.Count);
                }
            }

            if (ids.Count < AtOnce)
            {
                return erased;
            }
        }
    }

    private static async Task<bool> EraseAsync(IServiceProvider services, Guid id, DateTimeOffset before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Another replica may have been quicker, or an administrator may have enabled the account meanwhile.
        var person = await db.People.FromSql($"select * from identity.people where id = {id} and disabled_at < {before} and erased_at is null for update").SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return false;
        }

        var erasure = services.GetRequiredService<PersonErasure>();
        db.Audit(AuditAct.By(null, "person.erased", id, await erasure.PlaceOfAsync(id, cancellationToken), new { reason = "retention" }), now);
        await erasure.EraseAsync(person, by: null, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        services.GetRequiredService<AccessCache>().Forget();
        return true;
    }

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }
}
