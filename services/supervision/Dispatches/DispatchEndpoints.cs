using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Dispatches;

internal static class DispatchEndpoints
{
    public static void MapDispatches(this IEndpointRouteBuilder app)
    {
        var dispatches = app.MapGroup("/api/supervision/dispatches").RequireAuthorization().WithTags("Dispatches")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        dispatches.MapGet("", ListCounties.HandleAsync).WithName(nameof(ListCounties));
        dispatches.MapGet("/missing", ListMissing.HandleAsync).WithName(nameof(ListMissing));
        dispatches.MapPost("", SendCounty.HandleAsync).WithName(nameof(SendCounty)).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        dispatches.MapPost("/{id:guid}/decision", DecideGaps.HandleAsync).WithName(nameof(DecideGaps))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
