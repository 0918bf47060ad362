using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports;
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

    public DbSet<Extension> Extensions => Set<Extension>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ModuleReport> ModuleReports => Set<ModuleReport>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<SubmissionKey> SubmissionKeys => Set<SubmissionKey>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    public DbSet<Assignment> Assignments => Set<Assignment>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddOrganisations();
        modelBuilder.ApplyConfiguration(new ProgrammeVersionConfiguration());
        modelBuilder.ApplyConfiguration(new CycleConfiguration());
        modelBuilder.ApplyConfiguration(new ExtensionConfiguration());
        modelBuilder.ApplyConfiguration(new ReportConfiguration());
        modelBuilder.ApplyConfiguration(new ModuleReportConfiguration());
        modelBuilder.ApplyConfiguration(new RevisionConfiguration());
        modelBuilder.ApplyConfiguration(new SubmissionKeyConfiguration());
        foreach (var foreignKey in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()))
        {
            // Nothing that was reported disappears because something above it was deleted.
            foreignKey.DeleteBehavior = DeleteBehavior.Restrict;
        }

        modelBuilder.UseSnakeCase();
    }
}
