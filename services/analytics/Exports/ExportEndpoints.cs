using Gengdu.Printing;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Exports;

internal static class ExportEndpoints
{
    // What a slow line takes for a large file; the gateway has a little more. A client that was cut off goes on with Range.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(115);

    public static void AddExports(this WebApplicationBuilder builder)
    {
        builder.AddPrinting();
        builder.Services.AddOptionsWithValidateOnStart<ExportOptions>().BindConfiguration(ExportOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<ExportSignal>().AddSingleton<LongExportSignal>().AddSingleton<ExportFactory>().AddSingleton<ExportRunner>().AddHostedService<ExportWorker>();
    }

    public static void MapExports(this IEndpointRouteBuilder routes)
    {
        var exports = routes.MapGroup("/api/analytics/exports").WithTags("Exports").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        exports.MapPost("", RequestExport.HandleAsync).WithName("RequestExport")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        exports.MapGet("", ListExports.HandleAsync).WithName("ListExports");
        exports.MapGet("/{id:guid}", GetExport.HandleAsync).WithName("GetExport");
        exports.MapDelete("/{id:guid}", CancelExport.HandleAsync).WithName("CancelExport");
        exports.MapGet("/{id:guid}/file", FetchExport.HandleAsync).WithName("FetchExport").WithLongWork(Budget)
            .Produces(StatusCodes.Status200OK, null, "application/octet-stream").Produces(StatusCodes.Status206PartialContent, null, "application/octet-stream")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status410Gone);
    }
}
