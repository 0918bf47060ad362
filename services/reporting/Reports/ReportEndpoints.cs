namespace Gengdu.Reporting.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/reports").WithTags("Reports").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ListReports.HandleAsync).WithName("ListReports");
        group.MapGet("/{id:guid}", GetReport.HandleAsync).WithName("GetReport");
        group.MapGet("/{id:guid}/modules/{moduleKey}", OpenModule.HandleAsync).WithName("OpenModule");
        group.MapGet("/{id:guid}/presence", ListPresences.HandleAsync).WithName("ListPresences").ProducesProblem(StatusCodes.Status403Forbidden);
    }
}
