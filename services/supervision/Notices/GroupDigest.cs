using System.Globalization;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Groups;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>
/// The members of reviewer groups hear each working morning what waits for them, as a step's own people do (<see cref="WaitingDigest"/>):
/// all groups of a person in one notice, because their list is one.
/// </summary>
internal sealed class GroupDigest(SupervisionDbContext db, AccessCache access)
{
    public const string Kind = "group-waiting";

    /// <summary>Once a day for each person, however often and by how many replicas it is asked.</summary>
    /// <returns>How many were told.</returns>
    public async Task<int> TellAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = HeldDays.DayOf(now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended(current_schema() || ' group-waiting', 7307))", cancellationToken);
        var midnight = new DateTimeOffset(today.ToDateTime(TimeOnly.MinValue), HeldDays.Zone).ToUniversalTime();
        await db.Notices.Where(n => n.Kind == Kind && n.ReadAt == null && n.CreatedAt < midnight).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancellationToken);

        var groups = await db.ReviewerGroups.AsNoTracking().Where(g => g.EndedAt == null && g.ValidFrom <= today && g.ValidTo >= today).Select(g => g.PersonIds).ToListAsync(cancellationToken);
        var told = new List<Telling>();
        foreach (var person in groups.SelectMany(people => people).Distinct().Order())
        {
            // Rights as of their own request: a group whose giver has left gives nothing.
            if (await AboutAsync(await access.CallerAsync(person, cancellationToken), today, cancellationToken) is { } telling)
            {
                told.Add(telling);
            }
        }

        var count = await db.RaiseNoticesAsync(told, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    private async Task<Telling?> AboutAsync(Caller member, DateOnly today, CancellationToken cancellationToken)
    {
        if (GroupWork.RightsOf(member).Count == 0)
        {
            return null;
        }

        var waiting = await db.ForGroupsOf(member).Select(r => new { r.Id, r.ReportId, r.WaitingSince, r.OrganisationId, r.OrganisationPath }).ToListAsync(cancellationToken);
        // It is about the place of what waits longest: who loses the sight of that has nothing to look for there.
        if (waiting.OrderBy(r => r.WaitingSince).ThenBy(r => r.Id).FirstOrDefault() is not { } oldest)
        {
            return null;
        }

        return new()
        {
            Kind = Kind,
            Key = string.Create(CultureInfo.InvariantCulture, $"group-waiting:{today:yyyyMMdd}"),
            OrganisationId = oldest.OrganisationId,
            OrganisationPath = oldest.OrganisationPath,
            PersonId = member.PersonId,
            Link = "/review/groups/work",
            Args = new Dictionary<string, string>
            {
                ["count"] = waiting.DistinctBy(r => r.ReportId).Count().ToString(CultureInfo.InvariantCulture),
                ["modules"] = waiting.Count.ToString(CultureInfo.InvariantCulture),
                ["oldestAt"] = Telling.TimeArg(oldest.WaitingSince),
            },
        };
    }
}
