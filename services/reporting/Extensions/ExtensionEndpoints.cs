namespace Gengdu.Reporting.Extensions;

internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/cycles/{id:guid}/extension-requests").WithTags("Deadlines").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("", ListExtensionRequests.HandleAsync).WithName("ListExtensionRequests").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("", AskExtension.HandleAsync).WithName("AskExtension")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapPost("/{organisationId:guid}/decision", DecideExtension.HandleAsync).WithName("DecideExtension")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
