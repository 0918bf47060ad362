using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>What somebody has not read of what was said about a report.</summary>
/// <param name="Messages">Of others, after what was read, and not struck; all modules together.</param>
/// <param name="Mentioned">Whether one of them asks the reader to look.</param>
/// <param name="ModuleKey">Where the oldest of them stands, one that asks before one that does not.</param>
/// <param name="Number">Which one that is.</param>
public sealed record UnreadTalk(int Messages, bool Mentioned, string ModuleKey, int Number);

internal static class UnreadTalks
{
    /// <summary>By report; those without anything unread are left out. For who may see every module of these reports: counted as <see cref="ListConversations"/> counts.</summary>
    public static async Task<IReadOnlyDictionary<Guid, UnreadTalk>> UnreadAsync(this SupervisionDbContext db, Caller caller, Guid[] reportIds, CancellationToken cancellationToken)
    {
        if (reportIds.Length == 0)
        {
            return new Dictionary<Guid, UnreadTalk>();
        }

        var unread = await db.Set<Message>().AsNoTracking().Where(m => reportIds.Contains(m.ReportId) && m.By != caller.PersonId
                && !db.Set<MessageReading>().Any(r => r.ReportId == m.ReportId && r.ModuleKey == m.ModuleKey && r.PersonId == caller.PersonId && r.UpTo >= m.Number)
                && !db.Set<MessageStrike>().Any(s => s.ReportId == m.ReportId && s.ModuleKey == m.ModuleKey && s.Number == m.Number))
            .Select(m => new { m.ReportId, m.ModuleKey, m.At, m.Number, m.Mentions }).ToListAsync(cancellationToken);
        return unread.GroupBy(m => m.ReportId).ToDictionary(of => of.Key, of =>
        {
            var first = of.OrderByDescending(m => m.Mentions.Any(mention => mention.Means(caller))).ThenBy(m => m.At).ThenBy(m => m.ModuleKey, StringComparer.Ordinal).ThenBy(m => m.Number).First();
            return new UnreadTalk(of.Count(), first.Mentions.Any(mention => mention.Means(caller)), first.ModuleKey, first.Number);
        });
    }
}
