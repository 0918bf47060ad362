using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What the organisation signed for the same module in the cycles before this one.</summary>
internal static class EarlierCycles
{
    /// <summary>
    /// A lateral part beside module_reports m, reports r and cycles c: the latest revision in each earlier cycle of the programme, the
    /// newest cycle first. Found by the organisation and not by its place: a school that moved keeps its past, and row-level
    /// security leaves a reviewer the cycles that were the county's own. The reports' unique index leads there.
    /// </summary>
    public const string Sql = """
        select pc.id as cycle_id, pc.name_zh, pc.name_en, pc.period_key, coalesce(pv.programme_version, pc.opened_with, pc.programme_version) as programme_version, pc.period_start, pm.organisation_path, pv.number, pv.submitted_at, pv.values, pv.salt
        from reports pr join cycles pc on pc.id = pr.cycle_id
        join module_reports pm on pm.report_id = pr.id and pm.module_key = m.module_key
        join revisions pv on pv.module_report_id = pm.id and pv.number = pm.revision
        where pr.organisation_id = m.organisation_id and pr.level = r.level and pc.programme_key = c.programme_key and pc.period_start < c.period_start
        order by pc.period_start desc, pc.opens_at desc
        """;

    /// <summary>
    /// What rules and the form compare with: personal cells are left out, by the classes of then and of now, because they are erased one
    /// day and no result may change by that. So are cells that meant something else then.
    /// </summary>
    public static JsonElement ForRules(Module module, Programme then, JsonElement values) =>
        PublicValues.Of(module, then.Module(module.Key) is { } earlier ? FieldVersions.Read(earlier, module, PublicValues.Of(earlier, values)) : values);
}
