using Gengdu.Printing;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Documents;

internal static class DocumentEndpoints
{
    // Waiting for the turn and printing (PrintingOptions); the gateway has a little more.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(55);

    public static void AddDocuments(this WebApplicationBuilder builder)
    {
        builder.AddPrinting();
        builder.Services.AddSingleton<PublicAddress>();
    }

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting").WithTags("Documents").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/reports/{id:guid}/document", PrintReport.HandleAsync).WithName("PrintReport").WithLongWork(Budget).Produces(200, null, "application/pdf").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/module-reports/{id:guid}/revisions/{number:int}/document", PrintRevision.HandleAsync).WithName("PrintRevision").WithLongWork(Budget).Produces(200, null, "application/pdf");
    }
}
