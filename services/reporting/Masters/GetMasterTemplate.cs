using Gengdu.Reporting.Programmes;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.Masters;

/// <summary>An empty sheet with the right headings: the figures, then those with grades grade by grade.</summary>
internal static class GetMasterTemplate
{
    /// <param name="lang">en for English headings; both are read.</param>
    public static FileContentHttpResult Handle(ProgrammeCatalogue catalogue, string lang = "zh")
    {
        var english = lang.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        var columns = new MasterColumns(catalogue.Shipped).Figures.Where(column => column.Parts.Grade is null or ['g', ..]).OrderBy(column => column.Parts.Grade is not null);
        var file = EmptyWorkbook.Make(english ? "Register figures" : "登记数", [english ? "School code" : "学校代码", english ? "School name" : "学校名称", .. columns.Select(column => english ? column.En : column.Zh)]);
        return TypedResults.File(file, EmptyWorkbook.ContentType, english ? "register-figures.xlsx" : "登记数导入模板.xlsx");
    }
}
