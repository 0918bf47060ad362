using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Conversations;

/// <summary>Somebody who may see a report, by a role at an organisation. Organisation and role are the office that others address.</summary>
internal sealed record Seat(Guid OrganisationId, string Path, string Role, Guid PersonId)
{
    public bool IsOwn => Role is Roles.Reporter or Roles.Approver;

    /// <summary>By a reviewer group: asked as a group, for who is in it is known to whoever set it up.</summary>
    public bool IsGroup => Role == Roles.GroupReviewer;

    public bool Answers(Mention mention) => mention.OrganisationId == OrganisationId && mention.Role == Role && (mention.PersonId is null || (mention.PersonId == PersonId && !IsGroup));
}

internal static class Seats
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);

    /// <summary>
    /// Whoever may see it today: the reporting organisation's own people, the reviewers on its line, and members of groups that are
    /// for this module.
    /// </summary>
    public static async Task<IReadOnlyList<Seat>> SeatsOfAsync(this SupervisionDbContext db, AccessCache access, Topic topic, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var path = topic.OrganisationPath;
        var line = ReviewLines.Upwards(path).ToArray();
        var today = DateOnly.FromDateTime(now.ToOffset(Shanghai).DateTime);
        // Former paths too, as in everybody's rights: a closed cycle stays with the line of the fact.
        var nodes = db.Organisations.Where(o => line.Contains(o.Path)).Select(o => new { o.Id, o.Path })
            .Union(db.Set<OrganisationPlace>().Where(p => line.Contains(p.Path)).Select(p => new { Id = p.OrganisationId, p.Path }));
        var seats = await (from a in db.Set<Assignment>()
                           join node in nodes on a.OrganisationId equals node.Id
                           where !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today)
                               && (ReviewRoles.Reviewers.Contains(a.Role) || (node.Path == path && (a.Role == Roles.Reporter || a.Role == Roles.Approver)))
                           select new { a.OrganisationId, node.Path, a.Role, a.PersonId }).Distinct().ToListAsync(cancellationToken);
        var members = await access.GroupMembersAsync(path, topic.ModuleKey, cancellationToken);
        return [.. seats.Select(s => new Seat(s.OrganisationId, s.Path, s.Role, s.PersonId)).Concat(members.Select(m => new Seat(m.OrganisationId, m.Path, Roles.GroupReviewer, m.PersonId)))
            .OrderByDescending(s => s.Path.Length).ThenBy(s => s.Role, StringComparer.Ordinal).ThenBy(s => s.PersonId).DistinctBy(s => (s.OrganisationId, s.Role, s.PersonId))];
    }

    /// <summary>
    /// Whom a message without a mention is for: the nearest reviewers above, whatever the step, so that a school always knows whom it
    /// talks to; for a reviewer's message, the organisation that reports. A group is told when it is asked.
    /// </summary>
    public static IReadOnlyList<Seat> OtherSide(this IReadOnlyList<Seat> seats, Topic topic)
    {
        if (topic.Seat.Role is not (Roles.Reporter or Roles.Approver))
        {
            return [.. seats.Where(seat => seat.IsOwn)];
        }

        // A county's own form is its city's to answer: nobody asks their own office. Dingzhou answers its schools as their county.
        var above = seats.Where(seat => !seat.IsOwn && !seat.IsGroup && seat.Path != topic.OrganisationPath).ToList();
        var nearest = above.OrderByDescending(seat => seat.Path.Length).ThenBy(seat => Array.IndexOf(ReviewRoles.Reviewers, seat.Role)).FirstOrDefault();
        return [.. above.Where(seat => seat.OrganisationId == nearest?.OrganisationId && seat.Role == nearest.Role)];
    }
}
