namespace Gengdu.Reporting.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/reports").WithTags("Reports").RequireAuthorization();
        group.MapGet("", ListReports.Handle).WithName("ListReports");
        group.MapGet("/{id:guid}", GetReport.Handle).WithName("GetReport");
    }
}
