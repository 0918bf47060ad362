using Gengdu.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.People.Imports;

/// <summary>An empty sheet with the right headings.</summary>
internal static class GetImportTemplate
{
    /// <param name="lang">en for English headings; both are read.</param>
    public static FileContentHttpResult Handle(string lang = "zh")
    {
        var english = lang.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var file = EmptyWorkbook.Make(english ? "People" : "人员", [.. PeopleColumns.All.Select(column => english ? column.En : column.Zh)]);
        return TypedResults.File(file, EmptyWorkbook.ContentType, english ? "people.xlsx" : "人员导入模板.xlsx");
    }
}
