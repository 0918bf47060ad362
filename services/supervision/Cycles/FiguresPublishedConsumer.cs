using System.Globalization;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Cycles;

/// <summary>Tells counties and cities that everybody now reads their figures, or reads others than before. Once for each number, however often it is delivered.</summary>
internal sealed class FiguresPublishedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<FiguresPublished>
{
    public async Task Consume(ConsumeContext<FiguresPublished> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (e is not { CycleZh: { } zh, CycleEn: { } en })
        {
            // From a release whose publications nobody outside could read.
            return;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        var places = await db.Organisations.AsNoTracking()
            .Where(o => (o.LevelRoles.Contains("county") || o.LevelRoles.Contains("city")) && (o.ValidTo == null || o.ValidTo >= today)).OrderBy(o => o.Path).ToListAsync(cancellationToken);
        await db.RaiseNoticesAsync(places.Select(place => new Telling
        {
            Kind = e.Number == 1 ? "figures-published" : "figures-corrected",
            Key = $"figures-published:{e.CycleId}:{e.Number}",
            OrganisationId = place.Id,
            OrganisationPath = place.Path,
            Link = "/publications",
            Args = new Dictionary<string, string> { ["cycleZh"] = zh, ["cycleEn"] = en, ["number"] = e.Number.ToString(CultureInfo.InvariantCulture) },
            At = place.Id,
            Roles = [Roles.CountyReviewer, Roles.CitySupervisor],
            Except = e.PublishedBy,
        }), clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<FiguresPublishedConsumer>
    {
        public Definition() => EndpointName = "supervision-figures-published";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<FiguresPublishedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
