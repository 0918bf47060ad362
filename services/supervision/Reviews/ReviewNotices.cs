using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>What was passed on or accepted, of one report.</summary>
internal sealed record PassedReport(Guid ReportId, Guid OrganisationId, string OrganisationPath);

/// <summary>The reporting organisation's people hear of what a reviewer did. A return is told at once, what went well once a day and report.</summary>
internal static class ReviewNotices
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly string[] Own = [Roles.Reporter, Roles.Approver];

    /// <summary>The module by its name; where that is not known the texts do without.</summary>
    public static void AddModule(this Dictionary<string, string> args, IReadOnlyList<ModuleName>? names, string? moduleKey)
    {
        if (names?.FirstOrDefault(one => one.Key == moduleKey) is { } name)
        {
            (args["moduleZh"], args["moduleEn"]) = (name.Zh, name.En);
        }
    }

    /// <summary>Of the review's last act, in its transaction.</summary>
    public static async Task TellAsync(this SupervisionDbContext db, Review review, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var act = review.History[^1];
        if (act.Act != ReviewAct.Return)
        {
            await db.TellPassedAsync([new(review.ReportId, review.OrganisationId, review.OrganisationPath)], review.CycleId, act.Act, act.Level, by, now, cancellationToken);
            return;
        }

        var args = await ArgsAsync(db, [review.OrganisationId], review.CycleId, act.Level, cancellationToken);
        var own = args(review.OrganisationId, review.ModuleKey);
        if (act.DueAt is { } due)
        {
            own["dueAt"] = Telling.TimeArg(due);
        }

        await db.RaiseNoticesAsync([new Telling
        {
            Kind = "module-returned", Key = $"module-returned:{review.Id}:{act.Version}", OrganisationId = review.OrganisationId, OrganisationPath = review.OrganisationPath,
            Link = $"/fill/{review.ReportId}/modules/{review.ModuleKey}", Args = own, Urgent = true, Roles = Own, Except = by,
        }], now, cancellationToken);
    }

    /// <summary>Of many at once: one statement for all their people.</summary>
    public static async Task TellPassedAsync(
        this SupervisionDbContext db, IReadOnlyCollection<PassedReport> reports, Guid cycleId, ReviewAct act, ReviewLevel level, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var args = await ArgsAsync(db, [.. reports.Select(r => r.OrganisationId).Distinct()], cycleId, level, cancellationToken);
        var (kind, day) = (act == ReviewAct.Accept ? "modules-accepted" : "modules-approved", now.ToOffset(Shanghai).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));
        await db.RaiseNoticesAsync(reports.DistinctBy(r => r.ReportId).Select(report => new Telling
        {
            Kind = kind, Key = $"{kind}:{level.Key()}:{report.ReportId}:{day}", OrganisationId = report.OrganisationId, OrganisationPath = report.OrganisationPath,
            Link = $"/fill/{report.ReportId}", Args = args(report.OrganisationId, null), Roles = Own, Except = by,
        }), now, cancellationToken);
    }

    private static async Task<Func<Guid, string?, Dictionary<string, string>>> ArgsAsync(SupervisionDbContext db, Guid[] organisationIds, Guid cycleId, ReviewLevel level, CancellationToken cancellationToken)
    {
        var names = await db.Organisations.Where(o => organisationIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => new { o.NameZh, o.NameEn }, cancellationToken);
        var cycle = await db.Cycles.Where(c => c.Id == cycleId).Select(c => new { c.NameZh, c.NameEn, c.ModuleNames }).FirstOrDefaultAsync(cancellationToken);
        return (id, moduleKey) =>
        {
            // Either may still be on its way here; the notice does not wait for it.
            var own = names.GetValueOrDefault(id);
            var args = new Dictionary<string, string>
            {
                ["organisationZh"] = own?.NameZh ?? "贵单位", ["organisationEn"] = own?.NameEn ?? "your organisation",
                ["levelZh"] = level switch { ReviewLevel.County => "县级", ReviewLevel.City => "市级", _ => "省级" }, ["levelEn"] = level.Key(),
            };
            if (cycle is not null)
            {
                (args["cycleZh"], args["cycleEn"]) = (cycle.NameZh, cycle.NameEn);
                args.AddModule(cycle.ModuleNames, moduleKey);
            }

            return args;
        };
    }
}
