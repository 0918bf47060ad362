using Gengdu.Contracts.Analytics.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Keeps the newest score of each school. A sample that was announced has its own copy, which no later score changes.</summary>
internal sealed class SchoolQualityAssessedConsumer(SupervisionDbContext db) : IConsumer<SchoolQualityAssessed>
{
    public Task Consume(ConsumeContext<SchoolQualityAssessed> context)
    {
        var e = context.Message;
        // The newest of those in one event, and always in one order: two events wait for each other instead of deadlocking.
        var schools = e.Schools.GroupBy(school => school.OrganisationId).Select(group => group.MaxBy(school => school.Version)!).OrderBy(school => school.OrganisationId).ToArray();
        Guid[] ids = [.. schools.Select(school => school.OrganisationId)];
        int?[] scores = [.. schools.Select(school => school.Score)];
        long[] versions = [.. schools.Select(school => school.Version)];
        return db.Database.ExecuteSqlAsync($"""
            insert into school_quality as q (cycle_id, organisation_id, score, version) select {e.CycleId}, * from unnest({ids}, {scores}, {versions})
            on conflict (cycle_id, organisation_id) do update set score = excluded.score, version = excluded.version where q.version < excluded.version
            """, context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<SchoolQualityAssessedConsumer>
    {
        public Definition() => EndpointName = "supervision-school-quality-assessed";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SchoolQualityAssessedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
