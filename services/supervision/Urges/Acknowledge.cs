using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Urges;

/// <summary>"I have seen it, done by …", for urges and escalations alike.</summary>
/// <param name="DoneBy">The end of the countdown: in the future, at most five working days ahead.</param>
/// <param name="UrgeIds">At most 500 together with the escalations.</param>
/// <param name="EscalationIds">The ladder's next step waits for these until then.</param>
public sealed record AcknowledgeRequest(DateTimeOffset DoneBy, IReadOnlyList<Guid>? UrgeIds = null, IReadOnlyList<Guid>? EscalationIds = null);

/// <param name="Acknowledged">All that were named.</param>
public sealed record AcknowledgeResponse(int Acknowledged, DateTimeOffset DoneBy);

internal static class Acknowledge
{
    private const int Most = 500;

    public static async Task<Results<Ok<AcknowledgeResponse>, ProblemHttpResult>> HandleAsync(
        AcknowledgeRequest request, Caller caller, SupervisionDbContext db, IOptions<LadderOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (now, doneBy) = (clock.GetUtcNow(), request.DoneBy.ToUniversalTime());
        var (urgeIds, escalationIds) = ((request.UrgeIds ?? []).Distinct().Order().ToArray(), (request.EscalationIds ?? []).Distinct().Order().ToArray());
        var count = urgeIds.Length + escalationIds.Length;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Of two colleagues at once the second finds that the first has answered.
        await db.Database.ExecuteSqlAsync($"select from urges where id = any({urgeIds}) order by id for update", cancellationToken);
        await db.Database.ExecuteSqlAsync($"select from escalations where id = any({escalationIds}) order by id for update", cancellationToken);
        var urges = await db.Urges.VisibleTo(caller, u => u.HolderPath).Where(u => urgeIds.Contains(u.Id)).ToListAsync(cancellationToken);
        var escalations = await db.Escalations.VisibleTo(caller, e => e.HolderPath).Where(e => escalationIds.Contains(e.Id)).ToListAsync(cancellationToken);
        if (urges.Count + escalations.Count < count)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!urges.TrueForAll(urge => urge.Addresses(caller)) || !escalations.TrueForAll(escalation => escalation.Addresses(caller)))
        {
            return UrgeProblems.NotAddressed.ToHttpResult();
        }

        if (Invalid(count, doneBy, now, options.Value.FarthestPromise) is { } invalid)
        {
            return invalid.ToHttpResult();
        }

        var answer = new Answer(caller.PersonId, now, doneBy);
        var refusals = urges.Select(urge => urge.Acknowledge(answer)).Concat(escalations.Select(escalation => escalation.Acknowledge(answer)));
        // One that cannot be answered refuses all: what was shown as one thing is answered as one.
        if (refusals.ToList().Find(refusal => refusal is not null) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        foreach (var urge in urges)
        {
            db.Audit(AuditAct.Of(caller, "urge.acknowledged", urge.Id, urge.HolderPath, new { urge.CycleId, State = urge.State.Key(), doneBy }) with { OrganisationId = urge.HolderId }, now);
        }

        foreach (var escalation in escalations)
        {
            db.Audit(AuditAct.Of(caller, "escalation.acknowledged", escalation.Id, escalation.HolderPath, new { escalation.CycleId, State = escalation.State.Key(), escalation.Step, doneBy }) with { OrganisationId = escalation.HolderId }, now);
        }

        db.PublishAcknowledged(answer, urgeIds, escalationIds);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new AcknowledgeResponse(count, doneBy));
    }

    private static Problem? Invalid(int count, DateTimeOffset doneBy, DateTimeOffset now, int farthest) =>
        count is 0 or > Most ? GeneralProblems.Invalid(new FieldError("urgeIds", "length", new($"请选择 1 至 {Most} 项", $"Choose 1 to {Most}")))
        : doneBy <= now || doneBy > HeldDays.EndOf(now, farthest)
            ? GeneralProblems.Invalid(new FieldError("doneBy", "range", new($"办结时间须在今后 {farthest} 个工作日之内", $"It has to be done within the next {farthest} working days")))
        : null;
}
