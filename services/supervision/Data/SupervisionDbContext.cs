using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Returns;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.Supervision.Urges;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Data;

internal sealed class SupervisionDbContext(DbContextOptions<SupervisionDbContext> options) : DbContext(options)
{
    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Cycle> Cycles => Set<Cycle>();

    public DbSet<RosterRow> Roster => Set<RosterRow>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<Urge> Urges => Set<Urge>();

    public DbSet<Escalation> Escalations => Set<Escalation>();

    public DbSet<ReviewerGroup> ReviewerGroups => Set<ReviewerGroup>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("supervision");
        modelBuilder.AddMessaging();
        modelBuilder.AddAudit();
        modelBuilder.AddOrganisations();
        modelBuilder.AddReviewerGroups();
        modelBuilder.ApplyConfiguration(new Cycle.Configuration());
        modelBuilder.ApplyConfiguration(new RosterRow.Configuration());
        modelBuilder.ApplyConfiguration(new CycleExtension.Configuration());
        modelBuilder.ApplyConfiguration(new CycleClosing.Configuration());
        modelBuilder.ApplyConfiguration(new ReviewConfiguration());
        modelBuilder.ApplyConfiguration(new ReviewEntryConfiguration());
        modelBuilder.ApplyConfiguration<Sample>(new SampleConfiguration());
        modelBuilder.ApplyConfiguration<SampleReport>(new SampleConfiguration());
        modelBuilder.ApplyConfiguration<SampleReview>(new SampleConfiguration());
        modelBuilder.ApplyConfiguration(new SchoolQuality.Configuration());
        modelBuilder.ApplyConfiguration<Dispatch>(new DispatchConfiguration());
        modelBuilder.ApplyConfiguration<DispatchGap>(new DispatchConfiguration());
        modelBuilder.ApplyConfiguration(new NoticeConfiguration());
        // Who is to be told is asked by place, not by person.
        modelBuilder.Entity<Assignment>().HasIndex(a => a.OrganisationId);
        modelBuilder.ApplyConfiguration(new ReviewOpening.Configuration());
        modelBuilder.ApplyConfiguration(new ReviewAnswer.Configuration());
        modelBuilder.ApplyConfiguration(new Message.Configuration());
        modelBuilder.ApplyConfiguration(new MessageStrike.Configuration());
        modelBuilder.ApplyConfiguration(new MessageReading.Configuration());
        modelBuilder.ApplyConfiguration(new ReturnPhrase.Configuration());
        modelBuilder.ApplyConfiguration(new UrgeConfiguration());
        modelBuilder.ApplyConfiguration(new EscalationConfiguration());
        modelBuilder.UseSnakeCase();
    }
}
