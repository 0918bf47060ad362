using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Samples;

internal static class SampleEndpoints
{
    public static void MapSamples(this IEndpointRouteBuilder app)
    {
        var samples = app.MapGroup("/api/supervision/samples").RequireAuthorization().WithTags("Samples")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        samples.MapGet("", ListSamples.HandleAsync).WithName(nameof(ListSamples));
        samples.MapPost("", AnnounceSample.HandleAsync).WithName(nameof(AnnounceSample))
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        samples.MapGet("/{id:guid}", GetSample.HandleAsync).WithName(nameof(GetSample));
        samples.MapGet("/{id:guid}/proof", GetSampleProof.HandleAsync).WithName(nameof(GetSampleProof)).ProducesProblem(StatusCodes.Status409Conflict);
        samples.MapPost("/{id:guid}/draw", DrawSample.HandleAsync).WithName(nameof(DrawSample)).ProducesProblem(StatusCodes.Status409Conflict);
        samples.MapPost("/{id:guid}/approval", ApproveRest.HandleAsync).WithName(nameof(ApproveRest)).WithLongWork(TimeSpan.FromMinutes(4.9)).ProducesProblem(StatusCodes.Status409Conflict);
    }
}
