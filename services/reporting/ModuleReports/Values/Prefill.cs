using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>
/// Master data in the form, as the roster froze it: a read-only field always shows the roster, another one only starts
/// with it. What is marked "previous" is not filled in here: values of the last cycle go out beside the form (previousValues),
/// and become values of this one only when somebody confirms them.
/// </summary>
internal static class Prefill
{
    public static string Complete(string values, Module module, Report report)
    {
        if (!module.Fields.Any(f => f.Prefill is not null))
        {
            return values;
        }

        var document = JsonNode.Parse(values)!.AsObject();
        foreach (var field in module.Fields)
        {
            if (field.Prefill is not null && (field.ReadOnly || !document.ContainsKey(field.Key)) && ValueOf(field.Prefill, report) is { } known)
            {
                document[field.Key] = known;
            }
        }

        return document.ToJsonString(ModuleReport.Json);
    }

    private static JsonNode? ValueOf(string source, Report report) => source switch
    {
        "organisation.code" => report.Code,
        "organisation.nameZh" => report.NameZh,
        "organisation.nameEn" => report.NameEn,
        "organisation.parentCode" => report.ParentCode,
        "organisation.schoolType" => report.SchoolType,
        "organisation.urbanRural" => report.UrbanRural,
        "organisation.runBy" => report.RunBy,
        "organisation.isTeachingPoint" => report.SchoolType == "teaching-point",
        "organisation.grades" => JsonSerializer.SerializeToNode(report.Grades),
        _ => null,
    };
}
