using Microsoft.OpenApi;

namespace Gengdu.Reporting.ModuleReports;

internal static class ModuleReportEndpoints
{
    public static void MapModuleReports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/module-reports/{id:guid}").WithTags("Module reports").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", GetModuleReport.HandleAsync).WithName("GetModuleReport");
        group.MapPatch("/values", SaveValues.HandleAsync).WithName("SaveValues").Changes();
        group.MapGet("/edits", ListEdits.HandleAsync).WithName("ListEdits");
        group.MapPut("/presence", KeepPresence.HandleAsync).WithName("KeepPresence").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapDelete("/presence", EndPresence.HandleAsync).WithName("EndPresence");
        group.MapPost("/completion", CompleteModuleReport.HandleAsync).WithName("CompleteModuleReport").Changes();
        group.MapDelete("/completion", ReopenModuleReport.HandleAsync).WithName("ReopenModuleReport").Changes();
        group.MapPost("/submission", SubmitModuleReport.HandleAsync).WithName("SubmitModuleReport").Changes();
        group.MapPost("/migration", MigrateModuleReport.HandleAsync).WithName("MigrateModuleReport").Changes();
        group.MapGet("/history", GetHistory.HandleAsync).WithName("GetHistory");
        group.MapGet("/revisions", ListRevisions.HandleAsync).WithName("ListRevisions");
        group.MapGet("/revisions/{number:int}", GetRevision.HandleAsync).WithName("GetRevision");
    }

    // Documents what EntityTag.Check reads and refuses.
    internal static void Changes(this RouteHandlerBuilder act) => act
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired)
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Required = true,
                Description = "The ETag that was read.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });
}
