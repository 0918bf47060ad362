using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Exemptions;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Masters;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Peers;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Data;

/// <summary>The schema "reporting": own state, outbox and inbox, and the replica of organisations and assignments.</summary>
internal sealed class ReportingDbContext(DbContextOptions<ReportingDbContext> options) : DbContext(options)
{
    public const string Schema = "reporting";

    public DbSet<ProgrammeVersion> ProgrammeVersions => Set<ProgrammeVersion>();

    public DbSet<Cycle> Cycles => Set<Cycle>();

    public DbSet<ProgrammeChange> ProgrammeChanges => Set<ProgrammeChange>();

    public DbSet<Extension> Extensions => Set<Extension>();

    public DbSet<ExtensionRequest> ExtensionRequests => Set<ExtensionRequest>();

    public DbSet<ExemptionRequest> ExemptionRequests => Set<ExemptionRequest>();

    public DbSet<Outage> Outages => Set<Outage>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ModuleReport> ModuleReports => Set<ModuleReport>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<SubmissionKey> SubmissionKeys => Set<SubmissionKey>();

    public DbSet<SavedBatch> SavedBatches => Set<SavedBatch>();

    public DbSet<Presence> Presences => Set<Presence>();

    public DbSet<PeerFigures> PeerFigures => Set<PeerFigures>();

    public DbSet<PeerBasis> PeerBases => Set<PeerBasis>();

    public DbSet<MasterFigure> MasterFigures => Set<MasterFigure>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddAudit();
        modelBuilder.AddOrganisations();
        modelBuilder.AddReviewerGroups();
        modelBuilder.ApplyConfiguration(new ProgrammeVersionConfiguration());
        modelBuilder.ApplyConfiguration(new CycleConfiguration());
        modelBuilder.ApplyConfiguration(new ProgrammeChangeConfiguration());
        modelBuilder.ApplyConfiguration(new ExtensionConfiguration());
        modelBuilder.ApplyConfiguration(new ExtensionRequestConfiguration());
        modelBuilder.ApplyConfiguration(new ExemptionRequestConfiguration());
        modelBuilder.ApplyConfiguration(new OutageConfiguration());
        modelBuilder.ApplyConfiguration(new HeartbeatConfiguration());
        modelBuilder.ApplyConfiguration(new ReportConfiguration());
        modelBuilder.ApplyConfiguration(new ModuleReportConfiguration());
        modelBuilder.ApplyConfiguration(new RevisionConfiguration());
        modelBuilder.ApplyConfiguration(new SubmissionKeyConfiguration());
        modelBuilder.ApplyConfiguration(new SavedBatchConfiguration());
        modelBuilder.ApplyConfiguration(new PresenceConfiguration());
        modelBuilder.ApplyConfiguration(new PeerFiguresConfiguration());
        modelBuilder.ApplyConfiguration(new PeerBasisConfiguration());
        modelBuilder.ApplyConfiguration(new MasterFigureConfiguration());
        foreach (var foreignKey in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()))
        {
            // Nothing that was reported disappears because something above it was deleted.
            foreignKey.DeleteBehavior = DeleteBehavior.Restrict;
        }

        modelBuilder.UseSnakeCase();
    }
}
