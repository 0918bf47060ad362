using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Urges;

namespace Gengdu.Supervision.Clocks;

internal static class ClockEndpoints
{
    public static void AddClocks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LadderOptions>().BindConfiguration(LadderOptions.Section).ValidateDataAnnotations();
        builder.Services.AddOptionsWithValidateOnStart<QuietHours>().BindConfiguration(QuietHours.Section).ValidateDataAnnotations();
        builder.Services.AddSingleton<UrgeLimit>();
        builder.Services.AddScoped<LadderClimb>();
        builder.Services.AddHostedService<LadderWorker>();
        builder.Services.Announces<OrganisationsUrged>().Announces<EscalationsRaised>().Announces<PressureAcknowledged>();
    }

    public static void MapClocks(this IEndpointRouteBuilder app)
    {
        var clocks = app.MapGroup("/api/supervision").RequireAuthorization().WithTags("Clocks")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

        clocks.MapGet("/board", GetBoard.HandleAsync).WithName(nameof(GetBoard));
        clocks.MapGet("/board/reports", ListHeld.HandleAsync).WithName(nameof(ListHeld));
        clocks.MapGet("/escalations", ListEscalations.HandleAsync).WithName(nameof(ListEscalations));
    }
}
