using Gengdu.Audit;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Outages;

/// <summary>
/// Each process says every few seconds in one row that it works. Whoever finds the row old knows that nobody did: that time is
/// written down as an outage, in the same transaction, so that of several processes that come back one does it.
/// </summary>
internal sealed partial class Pulse(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<OutageOptions> options, TimeProvider clock, ILogger<Pulse> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BeatSeconds == 0)
        {
            return;
        }

        await postgres.WhenReadyAsync(stoppingToken);
        // No beat is left out: Postgres being away is an outage too, and the first beat that succeeds finds it.
        await Rounds.RunAsync("heartbeat", TimeSpan.FromSeconds(options.Value.BeatSeconds), BeatAsync, clock, logger, stoppingToken, atOnce: true, resting: TimeSpan.Zero);
    }

    /// <returns>The outage that ended with this beat, if one did.</returns>
    public async Task<Outage?> BeatAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDbContext>();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked: the second of two processes that come back together finds the row fresh.
        var last = await db.Database.SqlQuery<DateTimeOffset>($"select beat_at as \"Value\" from heartbeats where id = {Heartbeat.Only} for update").ToListAsync(cancellationToken);
        Outage? outage = null;
        if (last.Count == 0)
        {
            await db.Database.ExecuteSqlAsync($"insert into heartbeats (id, beat_at) values ({Heartbeat.Only}, {now}) on conflict do nothing", cancellationToken);
        }
        else if (now > last[0])
        {
            await db.Database.ExecuteSqlAsync($"update heartbeats set beat_at = {now} where id = {Heartbeat.Only}", cancellationToken);
            outage = now - last[0] >= TimeSpan.FromSeconds(options.Value.AtLeastSeconds) ? Note(db, last[0], now) : null;
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return outage;
    }

    private Outage Note(ReportingDbContext db, DateTimeOffset from, DateTimeOffset until)
    {
        var outage = new Outage
        {
            Id = Guid.CreateVersion7(until),
            StartedAt = from,
            EndedAt = until,
            NoticedAt = until,
            GraceMinutes = options.Value.GraceMinutes,
        };
        db.Add(outage);
        db.Audit(AuditAct.By(null, "outage.noticed", outage.Id, null, new { outage.StartedAt, outage.EndedAt, outage.GraceMinutes }), until);
        Log.Noticed(logger, from, until, outage.GraceMinutes);
        return outage;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Nobody could be served from {From} to {Until}; windows that it touched stay open {Minutes} minutes longer")]
        public static partial void Noticed(ILogger logger, DateTimeOffset from, DateTimeOffset until, int minutes);
    }
}
