namespace Gengdu.Reporting.ModuleReports;

internal static class ModuleReportEndpoints
{
    public static void MapModuleReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/module-reports/{id:guid}").WithTags("Module reports").RequireAuthorization();
        group.MapGet("", GetModuleReport.Handle).WithName("GetModuleReport");
        group.MapPatch("/values", SaveValues.Handle).WithName("SaveValues");
        group.MapPost("/completion", CompleteModuleReport.Handle).WithName("CompleteModuleReport");
        group.MapDelete("/completion", ReopenModuleReport.Handle).WithName("ReopenModuleReport");
        group.MapPost("/submission", SubmitModuleReport.Handle).WithName("SubmitModuleReport");
        group.MapGet("/revisions", ListRevisions.Handle).WithName("ListRevisions");
        group.MapGet("/revisions/{number:int}", GetRevision.Handle).WithName("GetRevision");
    }
}
