using System.Net;
using Gengdu.Province.Api;
using Gengdu.System.Tests.Running;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests;

/// <summary>
/// Kills supervision with SIGKILL in the loops that nobody submits in: a school takes its submission back, the ladder climbs by
/// itself. Before the commit nothing has happened anywhere, after it all has happened once, however often it is tried again.
/// </summary>
internal static class LoopKills
{
    private static readonly (string, string) Idle = ("Ladder__EveryMinutes", "0");

    /// <summary>The first step of the ladder for what is not submitted is due, whatever day it is.</summary>
    private static readonly (string, string) Due = ("Ladder__Steps__0__Days", "-400");

    /// <param name="system">With a submission at the first step that nobody has opened.</param>
    /// <param name="approver">May take it back.</param>
    /// <param name="moduleReportId">The submission.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(GengduSystem system, Session approver, Guid moduleReportId, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(await PostgresServer.AdministratorAsync(system.Database.Name));
        Task<long> CountAsync(string sql) => LoopKills.CountAsync(database, sql, moduleReportId, cancellationToken);
        Task<long> WithdrawalsAsync() => CountAsync("select count(*) from supervision.review_entries e join supervision.reviews r on r.id = e.review_id where r.module_report_id = $1 and e.act = 'withdraw'");
        Task<long> ClimbedAsync() => CountAsync("select count(*) from supervision.escalations where $1 is not null");

        await WithdrawIntoAsync("FP03:1");
        Assert.Equal(0, await WithdrawalsAsync());
        await WithdrawIntoAsync("FP04:1");
        Assert.Equal(1, await WithdrawalsAsync());

        var before = await ClimbedAsync();
        await ClimbIntoAsync("FP03:1");
        Assert.Equal(before, await ClimbedAsync());
        await ClimbIntoAsync("FP04:1");
        var climbed = await ClimbedAsync();
        Assert.True(climbed > before, "nothing was late");

        // It looks again at once, and finds that these steps were climbed.
        await RestartAsync(null, Due);
        await system.WaitUntilReadyAsync(cancellationToken, "supervision");
        // What was committed and not answered stands; asking again says so and changes nothing.
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<RefusedException>(WithdrawAsync)).Status);
        Assert.Equal(1, await WithdrawalsAsync());
        await Eventually.BecomesAsync(() => CountAsync("select count(*) from reporting.module_reports where id = $1 and state = 'draft'"), drafts => drafts == 1, "the school has its form back", cancellationToken);
        Assert.Equal(climbed, await ClimbedAsync());
        await Eventually.BecomesAsync(() => CountAsync("select count(*) from supervision.outbox_messages where $1 is not null"), left => left == 0, "what was written before a kill is published", cancellationToken, seconds: 60);

        async Task WithdrawAsync()
        {
            var review = (await approver.GetAsync($"/api/supervision/reviews?moduleReportId={moduleReportId}", cancellationToken))["items"]![0]!;
            await approver.PostAsync($"/api/supervision/reviews/{review["id"]}/withdrawal", new { revision = review["revision"]!.GetValue<int>() }, cancellationToken);
        }

        async Task WithdrawIntoAsync(string point)
        {
            await RestartAsync(point, Idle);
            await system.WaitUntilReadyAsync(cancellationToken, "supervision");
            var fault = await Record.ExceptionAsync(WithdrawAsync);
            Assert.True(fault is HttpRequestException or IOException or RefusedException { Status: HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable }, $"{point}: {fault}");
            await DiesAsync(point);
        }

        async Task ClimbIntoAsync(string point)
        {
            await RestartAsync(point, Due);
            await DiesAsync(point);
        }

        async Task RestartAsync(string? point, (string, string) setting)
        {
            await system["supervision"].KillAsync();
            await system.StartAsync("supervision", point, [setting]);
        }

        Task DiesAsync(string point) => Eventually.BecomesAsync(() => Task.FromResult(system["supervision"].HasExited), dead => dead, $"supervision was killed at {point}", cancellationToken, seconds: 60);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql, Guid moduleReportId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = moduleReportId });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
