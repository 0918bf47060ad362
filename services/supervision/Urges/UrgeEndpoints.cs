namespace Gengdu.Supervision.Urges;

internal static class UrgeEndpoints
{
    public static void MapUrges(this IEndpointRouteBuilder app)
    {
        var urges = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Urges")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

        urges.MapGet("/urges", ListUrges.HandleAsync).WithName(nameof(ListUrges));
        urges.MapPost("/urges", RaiseUrges.HandleAsync).WithName(nameof(RaiseUrges)).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        urges.MapPost("/acknowledgements", Acknowledge.HandleAsync).WithName(nameof(Acknowledge))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}
