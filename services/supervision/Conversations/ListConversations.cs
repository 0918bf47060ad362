using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <param name="Messages">How many there are.</param>
/// <param name="Unread">Of others, after what the caller has read, and not struck.</param>
/// <param name="Mentioned">Whether one of the unread asks the caller to look.</param>
/// <param name="Cells">Cells that something is said about.</param>
public sealed record ConversationMarks(string ModuleKey, int Messages, int Unread, bool Mentioned, DateTimeOffset LastAt, IReadOnlyList<string> Cells);

/// <summary>Marks for the modules of a report where something was said: counts and places, no words.</summary>
internal static class ListConversations
{
    public static async Task<Results<Ok<IReadOnlyList<ConversationMarks>>, ProblemHttpResult>> HandleAsync(
        Guid reportId, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var row = await db.Roster.AsNoTracking().VisibleTo(caller, r => r.OrganisationPath).FirstOrDefaultAsync(r => r.ReportId == reportId, cancellationToken);
        var open = row?.ModuleKeys.Where(key => Topics.SeatOf(caller, row.OrganisationPath, key) is not null).ToArray() ?? [];
        if (row is null || open.Length == 0)
        {
            return (row is null ? GeneralProblems.NotFound : GeneralProblems.Forbidden).ToHttpResult();
        }

        var said = await db.Set<Message>().AsNoTracking().Where(m => m.ReportId == reportId && open.Contains(m.ModuleKey)).OrderBy(m => m.Number)
            .Select(m => new { m.ModuleKey, m.Number, m.By, m.At, m.Cell, m.Mentions, Struck = db.Set<MessageStrike>().Any(s => s.ReportId == m.ReportId && s.ModuleKey == m.ModuleKey && s.Number == m.Number) })
            .ToListAsync(cancellationToken);
        var read = await db.Set<MessageReading>().Where(r => r.ReportId == reportId && r.PersonId == caller.PersonId).ToDictionaryAsync(r => r.ModuleKey, r => r.UpTo, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ConversationMarks>>([.. said.GroupBy(m => m.ModuleKey).OrderBy(of => of.Key, StringComparer.Ordinal).Select(of =>
        {
            var unread = of.Where(m => m.By != caller.PersonId && !m.Struck && m.Number > read.GetValueOrDefault(of.Key)).ToList();
            return new ConversationMarks(of.Key, of.Count(), unread.Count, unread.Any(m => m.Mentions.Any(mention => mention.Means(caller))), of.Last().At,
                [.. of.Where(m => m.Cell is not null && !m.Struck).Select(m => m.Cell!).Distinct().Order(StringComparer.Ordinal)]);
        })]);
    }
}
