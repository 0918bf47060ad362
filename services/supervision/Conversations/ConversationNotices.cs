using System.Globalization;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>Who hears of a message: those mentioned at once; those who took part before, and the other side when nobody was mentioned, with the digest.</summary>
internal static class ConversationNotices
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    public static async Task TellAsync(this SupervisionDbContext db, Message message, Topic topic, IReadOnlyList<Seat> seats, AccessCache access, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mentioned = seats.Where(seat => message.Mentions.Any(seat.Answers)).Select(seat => seat.PersonId).ToHashSet();
        var taking = await TakingPartAsync(db, message, topic, seats, access, cancellationToken);
        var others = (message.Mentions.Count > 0 ? taking : taking.Concat(seats.OtherSide(topic).Select(seat => seat.PersonId))).Except(mentioned).ToList();
        var telling = await AboutAsync(db, message, topic, cancellationToken);
        var read = await db.Set<MessageReading>().Where(r => r.ReportId == message.ReportId && r.ModuleKey == message.ModuleKey && others.Contains(r.PersonId))
            .ToDictionaryAsync(r => r.PersonId, r => r.UpTo, cancellationToken);
        var day = now.ToOffset(Shanghai).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string LinkOf(Guid person) => seats.Any(seat => seat.PersonId == person && seat.IsOwn)
            ? $"/fill/{message.ReportId}/modules/{message.ModuleKey}?talk={message.Number}" : $"/review/{message.ReportId}?module={message.ModuleKey}&talk={message.Number}";
        Telling To(Guid person, Telling of) => of with { PersonId = person, Link = LinkOf(person), Except = message.By };
        await db.RaiseNoticesAsync(
        [
            .. mentioned.Select(person => To(person, telling with { Kind = "mention", Key = $"mention:{message.ReportId}:{message.ModuleKey}:{message.Number}", Urgent = true })),
            // One until it is read, and once a day for who does not come: a lively talk is one notice, not twenty.
            .. others.Select(person => To(person, telling with { Kind = "message", Key = $"message:{message.ReportId}:{message.ModuleKey}:{read.GetValueOrDefault(person)}:{day}" })),
        ], now, cancellationToken);
    }

    /// <summary>Authors so far who may still see it.</summary>
    private static async Task<IReadOnlyCollection<Guid>> TakingPartAsync(
        SupervisionDbContext db, Message message, Topic topic, IReadOnlyList<Seat> seats, AccessCache access, CancellationToken cancellationToken)
    {
        var authors = await db.Set<Message>().Where(m => m.ReportId == message.ReportId && m.ModuleKey == message.ModuleKey && m.By != message.By).Select(m => m.By).Distinct().ToListAsync(cancellationToken);
        var still = authors.Where(author => seats.Any(seat => seat.PersonId == author)).ToHashSet();
        foreach (var author in authors.Where(author => !still.Contains(author)))
        {
            // A member of a group, perhaps: rights are computed as for their own request.
            if (Topics.SeatOf(await access.CallerAsync(author, cancellationToken), topic.OrganisationPath, topic.ModuleKey) is not null)
            {
                still.Add(author);
            }
        }

        return still;
    }

    private static async Task<Telling> AboutAsync(SupervisionDbContext db, Message message, Topic topic, CancellationToken cancellationToken)
    {
        var name = await db.OfficesAsync([topic.OrganisationId, message.OrganisationId], cancellationToken);
        var cycle = await db.Cycles.Where(c => c.Id == topic.CycleId).Select(c => new { c.NameZh, c.NameEn, c.ModuleNames }).FirstOrDefaultAsync(cancellationToken);
        var (about, by) = (name(topic.OrganisationId), name(message.OrganisationId));
        var args = new Dictionary<string, string>
        {
            ["organisationZh"] = about.NameZh ?? "–", ["organisationEn"] = about.NameEn ?? "–", ["byZh"] = by.NameZh ?? "–", ["byEn"] = by.NameEn ?? "–",
        };
        if (cycle is not null)
        {
            (args["cycleZh"], args["cycleEn"]) = (cycle.NameZh, cycle.NameEn);
            args.AddModule(cycle.ModuleNames, message.ModuleKey);
        }

        return new() { Kind = "message", Key = "–", Link = "/", OrganisationId = topic.OrganisationId, OrganisationPath = topic.OrganisationPath, Args = args };
    }
}
