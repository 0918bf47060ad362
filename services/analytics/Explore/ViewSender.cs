using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Explore;

/// <summary>
/// Sends kept questions at their time. The owner's rights are looked at each time anew: whoever lost them gets nothing, the sending ends, and
/// they and the administrators of the place are told.
/// </summary>
internal sealed class ViewSender(IServiceScopeFactory scopes, AccessCache access, Explorer explorer, TimeProvider clock, ILogger<ViewSender> logger) : BackgroundService
{
    private const int AtOnce = 20;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync("view-sending", TimeSpan.FromMinutes(1), SendDueAsync, clock, logger, stoppingToken);

    /// <summary>One after the other, each in a transaction of its own: one that fails holds up nobody's.</summary>
    internal async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var tried = new List<Guid>();
        while (tried.Count < AtOnce && await SendNextAsync(tried, cancellationToken) is { } id)
        {
            tried.Add(id);
        }
    }

    private async Task<Guid?> SendNextAsync(List<Guid> tried, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, now, before) = (scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>(), clock.GetUtcNow(), tried.ToArray());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Another process takes another one.
        var due = await db.SavedViews.FromSql($"""
            select * from saved_views v where sending is not null and stopped is null and id <> all ({before})
              and (next_at <= {now} or (sending = 'at-close' and exists (select from cycle_closings x where x.closed_at > v.sent_at)))
            order by id limit 1 for update skip locked
            """).ToListAsync(cancellationToken);
        if (due is not [var view])
        {
            return null;
        }

        try
        {
            await SendAsync(db, view, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Rounds.Failed("view-sending", logger, fault);
        }

        return view.Id;
    }

    private async Task SendAsync(AnalyticsDbContext db, SavedView view, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owner = await access.CallerAsync(view.OwnerId, cancellationToken);
        var (answer, problem) = await explorer.AnswerAsync(SaveView.Read(view), owner, cancellationToken);
        if (answer is not null)
        {
            view.Sent(now);
            db.Publish(new SavedViewSent { ViewId = view.Id, OwnerId = view.OwnerId, OrganisationId = view.OrganisationId, SentAt = now }, now);
            db.Audit(AuditAct.Of(owner, "view.sent", view.Id, answer.Organisation.Path), now);
        }
        else if (problem!.Status < 500)
        {
            var why = problem == GeneralProblems.NotFound || problem == GeneralProblems.Forbidden ? SavedView.NoRight : SavedView.NoAnswer;
            view.Stop(why);
            db.Publish(new SavedViewStopped { ViewId = view.Id, OwnerId = view.OwnerId, OrganisationId = view.OrganisationId, Reason = why, StoppedAt = now }, now);
            db.Audit(AuditAct.Of(owner, "view.stopped", view.Id, null, new { why }), now);
        }

        // Still being counted, or the definitions have not come: the next round asks again.
    }
}
