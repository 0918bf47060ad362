using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Data;

/// <summary>
/// The schema "analytics". The context makes the tables and reads short lists; figures are written and rolled up by
/// set-wise SQL (Figures/RollUp.cs), because a row at a time costs more than the whole submission did.
/// </summary>
internal sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : DbContext(options)
{
    public const string Schema = "analytics";

    public DbSet<PublishedProgramme> Programmes => Set<PublishedProgramme>();

    public DbSet<Cycle> Cycles => Set<Cycle>();

    public DbSet<RosterRow> Roster => Set<RosterRow>();

    public DbSet<ModuleValues> ModuleValues => Set<ModuleValues>();

    public DbSet<SchoolIndicator> SchoolIndicators => Set<SchoolIndicator>();

    public DbSet<NodeFigure> NodeFigures => Set<NodeFigure>();

    public DbSet<NodeCompleteness> NodeCompleteness => Set<NodeCompleteness>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddOrganisations();
        modelBuilder.ApplyConfiguration(new PublishedProgramme.Configuration());
        modelBuilder.ApplyConfiguration(new Cycle.Configuration());
        modelBuilder.ApplyConfiguration(new CycleClosing.Configuration());
        modelBuilder.ApplyConfiguration(new RosterRow.Configuration());
        modelBuilder.ApplyConfiguration(new ModuleValues.Configuration());
        modelBuilder.ApplyConfiguration(new SchoolIndicator.Configuration());
        modelBuilder.ApplyConfiguration(new NodeFigure.Configuration());
        modelBuilder.ApplyConfiguration(new NodeCompleteness.Configuration());
        modelBuilder.UseSnakeCase();
    }
}
