using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>Brings the owner of a kept question the link to it, once for each sending.</summary>
internal sealed class SavedViewSentConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<SavedViewSent>
{
    public async Task Consume(ConsumeContext<SavedViewSent> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is { } place)
        {
            await db.RaiseNoticesAsync([About("view-sent", $"view-sent:{e.ViewId}:{e.SentAt.ToUnixTimeSeconds()}", e.ViewId, place) with { PersonId = e.OwnerId }], clock.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>The name somebody gave it is not said: notices carry no words that somebody wrote.</summary>
    internal static Telling About(string kind, string key, Guid viewId, Organisation place) => new()
    {
        Kind = kind, Key = key, OrganisationId = place.Id, OrganisationPath = place.Path, Link = $"/explore?view={viewId}",
        Args = new Dictionary<string, string> { ["organisationZh"] = place.NameZh, ["organisationEn"] = place.NameEn },
    };

    internal sealed class Definition : ConsumerDefinition<SavedViewSentConsumer>
    {
        public Definition() => EndpointName = "supervision-saved-view-sent";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SavedViewSentConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
