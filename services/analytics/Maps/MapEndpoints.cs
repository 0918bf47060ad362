using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace Gengdu.Analytics.Maps;

internal static class MapEndpoints
{
    public static void MapMaps(this IEndpointRouteBuilder routes)
    {
        var maps = routes.MapGroup("/api/analytics/maps").WithTags("Maps").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        // The limit of the slice is smaller: it says what to do about a file that is too large, which a cut connection does not.
        maps.MapPost("", ImportMap.HandleAsync).WithName("ImportMap").Accepts<string>("application/geo+json").WithMetadata(new RequestSizeLimitAttribute(ImportMap.LargestRequest)).WithLongWork(TimeSpan.FromSeconds(55))
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        maps.MapGet("", ListMaps.HandleAsync).WithName("ListMaps");
        maps.MapGet("/in-force", GetMapInForce.HandleAsync).WithName("GetMapInForce");
        maps.MapPut("/in-force", UseMap.HandleAsync).WithName("UseMap").ProducesProblem(StatusCodes.Status404NotFound);
        maps.MapGet("/{number:int}/shapes", GetMapShapes.HandleAsync).WithName("GetMapShapes").Produces<string>(StatusCodes.Status200OK, "application/geo+json").ProducesProblem(StatusCodes.Status404NotFound);
    }
}
