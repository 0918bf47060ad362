using System.Globalization;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>
/// Who was given a role hears of it, and hears before it ends. The roles of the first day come with the account itself, by the desk that
/// made it: an import of thousands tells nobody anything.
/// </summary>
internal static class RightNotices
{
    // What is older was told, or is a replica that is being filled again.
    private const int StillNewDays = 7;
    private const int Ahead = 7;

    private static readonly Dictionary<string, Text> Words = new()
    {
        [Roles.Reporter] = new("填报员", "reporter"),
        [Roles.Approver] = new("审核人", "approver"),
        [Roles.CountyReviewer] = new("县级审核员", "county reviewer"),
        [Roles.CitySupervisor] = new("市级督导", "city supervisor"),
        [Roles.ProvinceOwner] = new("省级项目负责人", "province owner"),
        [Roles.Administrator] = new("系统管理员", "administrator"),
        [Roles.SecurityAdministrator] = new("安全管理员", "security administrator"),
        [Roles.Auditor] = new("审计管理员", "auditor"),
    };

    /// <summary>In the transaction of the replica.</summary>
    public static async Task TellGivenAsync(IServiceProvider services, AssignmentChanged e, CancellationToken cancellationToken)
    {
        var (db, now) = (services.GetRequiredService<SupervisionDbContext>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var today = HeldDays.DayOf(now);
        if (e.Version != 1 || e.Removed || e.ValidTo < today || e.ValidFrom < today.AddDays(-StillNewDays))
        {
            return;
        }

        var another = e.ValidTo is not null || await db.Set<Assignment>().AnyAsync(a => a.PersonId == e.PersonId && !a.Removed && a.ValidFrom < e.ValidFrom, cancellationToken);
        if (another && await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is { } place)
        {
            await db.RaiseNoticesAsync([About("right-given", $"right-given:{e.AssignmentId}", e.PersonId, e.Role, e.ValidTo, place)], now, cancellationToken);
        }
    }

    /// <summary>A week before the last day, or the day before where it was given for less; once for each last day.</summary>
    public static async Task<int> TellEndingAsync(SupervisionDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = HeldDays.DayOf(now);
        var (soon, tomorrow, before) = (today.AddDays(Ahead), today.AddDays(1), today.AddDays(-Ahead));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ending = await db.Set<Assignment>().AsNoTracking()
            .Where(a => !a.Removed && a.ValidTo >= today && a.ValidTo <= soon && a.ValidFrom <= today && (a.ValidTo <= tomorrow || a.ValidFrom <= before))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { Right = a, Place = o }).OrderBy(one => one.Right.Id).ToListAsync(cancellationToken);
        var told = await db.RaiseNoticesAsync(ending.Select(one => About("right-ending",
            string.Create(CultureInfo.InvariantCulture, $"right-ending:{one.Right.Id}:{one.Right.ValidTo:yyyyMMdd}"), one.Right.PersonId, one.Right.Role, one.Right.ValidTo, one.Place)), now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return told;
    }

    private static Telling About(string kind, string key, Guid personId, string role, DateOnly? lastDay, Organisation place)
    {
        var words = Words.GetValueOrDefault(role) ?? new(role, role);
        var args = new Dictionary<string, string> { ["roleZh"] = words.Zh, ["roleEn"] = words.En, ["organisationZh"] = place.NameZh, ["organisationEn"] = place.NameEn };
        if (lastDay is { } day)
        {
            args["lastDay"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return new() { Kind = kind, Key = key, OrganisationId = place.Id, OrganisationPath = place.Path, PersonId = personId, Link = "/", Args = args };
    }
}
