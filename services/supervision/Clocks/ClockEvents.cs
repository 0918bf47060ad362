using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;

namespace Gengdu.Supervision.Clocks;

/// <summary>What other systems are told of urging and of the ladder.</summary>
internal static class ClockEvents
{
    private const int MostItems = 500;

    public static void PublishUrged(this SupervisionDbContext db, IReadOnlyList<Urge> urges, DateTimeOffset now)
    {
        foreach (var part in urges.Chunk(MostItems))
        {
            db.Publish(new OrganisationsUrged
            {
                BatchId = part[0].BatchId,
                CycleId = part[0].CycleId,
                State = part[0].State.Key(),
                By = part[0].By,
                At = now,
                DeliverAt = part.Max(urge => urge.DeliverAt),
                Items = [.. part.Select(urge => new PressedHolder { Id = urge.Id, OrganisationId = urge.HolderId, Level = urge.HolderLevel.Key(), Reports = urge.Reports, OldestSince = urge.OldestSince })],
            }, now);
        }
    }

    public static void PublishRaised(this SupervisionDbContext db, IEnumerable<Escalation> escalations, DateTimeOffset now)
    {
        foreach (var part in escalations.GroupBy(e => (e.CycleId, e.State, e.Step, e.ToldId, e.ToldLevel)).SelectMany(group => group.Chunk(MostItems)))
        {
            db.Publish(new EscalationsRaised
            {
                CycleId = part[0].CycleId,
                State = part[0].State.Key(),
                Step = part[0].Step,
                ToldOrganisationId = part[0].ToldId,
                ToldLevel = part[0].ToldLevel.Key(),
                At = now,
                AnswerBy = part.Min(e => e.AnswerBy),
                Items = [.. part.Select(e => new PressedHolder { Id = e.Id, OrganisationId = e.HolderId, Level = e.HolderLevel.Key(), Reports = e.Reports, OldestSince = e.OldestSince })],
            }, now);
        }
    }

    public static void PublishAcknowledged(this SupervisionDbContext db, Answer answer, IReadOnlyList<Guid> urgeIds, IReadOnlyList<Guid> escalationIds) =>
        db.Publish(new PressureAcknowledged { By = answer.By, At = answer.At, DoneBy = answer.DoneBy, UrgeIds = urgeIds, EscalationIds = escalationIds }, answer.At);
}
