using Gengdu.Organisations;

namespace Gengdu.Analytics.Exports;

/// <summary>Which files there are, and whose right it takes; looked at when one is asked for, when it is made and when it is fetched.</summary>
internal static class ExportKinds
{
    public const string Summary = "summary";
    public const string Values = "values";
    public const string Bulletin = "bulletin";
    public const string Missing = "missing";
    public const string Chart = "chart";

    /// <summary>Those that take a while and must not hold up the others.</summary>
    public static readonly string[] Long = [Values];

    public static bool Exists(string kind, string format, string language) =>
        (kind, format) is (Summary, "xlsx" or "pdf") or (Values, "csv") or (Bulletin, "pdf" or "docx") or (Missing, "xlsx" or "csv") or (Chart, "pdf") && language is "zh" or "en";

    /// <summary>Only a bulletin bears a number: one line of letters, digits and signs.</summary>
    public static bool MayBear(string kind, string number) => kind == Bulletin && number.Length <= Export.LongestNumber && !number.Any(char.IsControl);

    /// <summary>What there is of a school too; the others are about what lies below a place.</summary>
    public static bool OfSchools(string kind) => kind is Values or Chart;

    /// <summary>Figures go to whoever sees the place; what schools wrote goes to those who may read it in the reports too.</summary>
    public static bool MayTake(this Caller caller, string kind, string path) => kind == Values
        ? caller.MayActAs(path, Roles.Reporter, Roles.Approver, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner)
        : caller.Sees(path);

    public static string ContentType(string format) => format switch
    {
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pdf" => "application/pdf",
        _ => "text/csv; charset=utf-8",
    };
}
