using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>A kept question is sent no longer: its owner hears why, and so do the administrators of the place it is about.</summary>
internal sealed class SavedViewStoppedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<SavedViewStopped>
{
    private static readonly Dictionary<string, Text> s_reasons = new()
    {
        ["no-right"] = new("其所有者已无权查看该单位", "its owner may not see the place any more"),
        ["no-answer"] = new("该视图已无法得出结果", "it has no answer any more"),
    };

    public async Task Consume(ConsumeContext<SavedViewStopped> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is not { } place)
        {
            return;
        }

        var why = s_reasons.GetValueOrDefault(e.Reason) ?? new(e.Reason, e.Reason);
        var about = SavedViewSentConsumer.About("view-stopped", $"view-stopped:{e.ViewId}:{e.StoppedAt.ToUnixTimeSeconds()}", e.ViewId, place);
        about = about with { Args = new Dictionary<string, string>(about.Args) { ["reasonZh"] = why.Zh, ["reasonEn"] = why.En } };
        // Whoever may not see a place any more does not see notices about it either: theirs stands where they still are.
        var today = HeldDays.DayOf(clock.GetUtcNow());
        var still = await db.Set<Assignment>().AsNoTracking().Where(a => a.PersonId == e.OwnerId && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (_, o) => o).OrderBy(o => o.Path).FirstOrDefaultAsync(cancellationToken) ?? place;
        await db.RaiseNoticesAsync([about with { PersonId = e.OwnerId, OrganisationId = still.Id, OrganisationPath = still.Path }, about with { At = place.Id, Roles = [Roles.Administrator], Except = e.OwnerId }], clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<SavedViewStoppedConsumer>
    {
        public Definition() => EndpointName = "supervision-saved-view-stopped";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SavedViewStoppedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
