using Gengdu.LivePages;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.DeadlineRoom;

internal static class RoomEndpoints
{
    public static void AddDeadlineRoom(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<RoomOptions>().BindConfiguration(RoomOptions.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<Rooms>().AddSingleton(provider => new PageSeats(provider.GetRequiredService<IOptions<RoomOptions>>().Value.PerPerson));
    }

    public static void MapDeadlineRoom(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/reporting/cycles/{id:guid}/deadline-room").WithTags("Deadlines").RequireAuthorization()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("", GetDeadlineRoom.HandleAsync).WithName("GetDeadlineRoom");
        group.MapGet("/stream", StreamDeadlineRoom.HandleAsync).WithName("StreamDeadlineRoom").WithLongWork(TimeSpan.FromMinutes(15.5))
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/stuck", ListStuck.HandleAsync).WithName("ListStuck").ProducesProblem(StatusCodes.Status400BadRequest);
    }
}
