using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Deadlines;

/// <summary>What is told of requests to the level above, which reporting keeps: who has to answer, and who is answered.</summary>
internal static class DeadlineTellings
{
    public static readonly string[] Own = [Roles.Reporter, Roles.Approver];

    /// <summary>Where requests are read and answered.</summary>
    public static string RequestsLink(Guid cycleId) => $"/deadline/requests?cycle={cycleId}";

    /// <summary>A telling about an organisation in a cycle, to nobody yet. Either may still be on its way here.</summary>
    public static async Task<Telling> AboutAsync(SupervisionDbContext db, string kind, Guid requestId, Guid cycleId, Guid organisationId, string path, CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == organisationId, cancellationToken);
        var cycle = await db.Cycles.AsNoTracking().FirstOrDefaultAsync(c => c.Id == cycleId, cancellationToken);
        return new()
        {
            Kind = kind,
            Key = $"{kind}:{requestId}",
            OrganisationId = organisationId,
            OrganisationPath = organisation?.Path ?? path,
            Link = RequestsLink(cycleId),
            Args = new Dictionary<string, string>
            {
                ["organisationZh"] = organisation?.NameZh ?? "贵单位", ["organisationEn"] = organisation?.NameEn ?? "your organisation",
                ["cycleZh"] = cycle?.NameZh ?? "本期填报", ["cycleEn"] = cycle?.NameEn ?? "this collection",
            },
        };
    }

    public static Telling With(this Telling telling, string name, DateTimeOffset time) =>
        telling with { Args = new Dictionary<string, string>(telling.Args) { [name] = Telling.TimeArg(time) } };

    /// <summary>To the nearest place strictly above where somebody may answer today: a county without a reviewer leaves it to its city.</summary>
    public static async Task<Telling> ToWhoAnswersAsync(this Telling telling, SupervisionDbContext db, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var above = Enumerable.Range(1, Math.Max(0, steps.Length - 1)).Select(n => $"/{string.Join('/', steps.Take(n))}/").ToArray();
        var today = HeldDays.DayOf(now);
        var nearest = await db.Set<Assignment>().Where(a => ReviewRoles.Reviewers.Contains(a.Role) && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations.Where(o => above.Contains(o.Path)), a => a.OrganisationId, o => o.Id, (_, o) => new { o.Id, o.Path })
            .OrderByDescending(o => o.Path.Length).FirstOrDefaultAsync(cancellationToken);
        // With nobody anywhere above, nobody is told; the home page of who comes later shows it.
        return telling with { At = nearest?.Id, Roles = ReviewRoles.Reviewers };
    }
}
