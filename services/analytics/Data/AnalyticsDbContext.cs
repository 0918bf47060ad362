using Gengdu.Audit;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Explore;
using Gengdu.Analytics.Explore.Boards;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Maps;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Publications;
using Gengdu.Analytics.Quality;
using Gengdu.Analytics.Recounts;
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

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<Board> Boards => Set<Board>();

    public DbSet<FeedKey> FeedKeys => Set<FeedKey>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<AreaMap> Maps => Set<AreaMap>();

    public DbSet<MapUse> MapUses => Set<MapUse>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.AddMessaging();
        modelBuilder.AddAudit();
        modelBuilder.AddOrganisations();
        modelBuilder.ApplyConfiguration(new PublishedProgramme.Configuration());
        modelBuilder.ApplyConfiguration(new Cycle.Configuration());
        modelBuilder.ApplyConfiguration(new CycleClosing.Configuration());
        modelBuilder.ApplyConfiguration(new CycleProgramme.Configuration());
        modelBuilder.ApplyConfiguration(new ReportExemption.Configuration());
        modelBuilder.ApplyConfiguration(new CycleExtension.Configuration());
        modelBuilder.ApplyConfiguration(new RosterRow.Configuration());
        modelBuilder.ApplyConfiguration(new ModuleValues.Configuration());
        modelBuilder.ApplyConfiguration(new SchoolIndicator.Configuration());
        modelBuilder.ApplyConfiguration(new NodeFigure.Configuration());
        modelBuilder.ApplyConfiguration(new NodeCompleteness.Configuration());
        modelBuilder.ApplyConfiguration(new Recount.Configuration());
        modelBuilder.ApplyConfiguration(new RecountedRow.Configuration());
        modelBuilder.ApplyConfiguration(new FigureVersion.Configuration());
        modelBuilder.ApplyConfiguration(new CountedGroups.Configuration());
        modelBuilder.ApplyConfiguration(new Publication.Configuration());
        modelBuilder.ApplyConfiguration(new PublishedFigure.Configuration());
        modelBuilder.ApplyConfiguration(new AreaMap.Configuration());
        modelBuilder.ApplyConfiguration(new MapUse.Configuration());
        modelBuilder.ApplyConfiguration(new PublicationDraft.Configuration());
        modelBuilder.ApplyConfiguration(new PublishedSchool.Configuration());
        modelBuilder.ApplyConfiguration(new OpenCell.Configuration());
        modelBuilder.ApplyConfiguration(new OpenEdition.Configuration());
        modelBuilder.ApplyConfiguration(new SchoolQuality.Configuration());
        modelBuilder.ApplyConfiguration(new PlaceQuality.Configuration());
        modelBuilder.ApplyConfiguration(new QualityMark.Configuration());
        modelBuilder.ApplyConfiguration(new Export.Configuration());
        modelBuilder.ApplyConfiguration(new ExportPart.Configuration());
        modelBuilder.ApplyConfiguration(new SavedViewConfiguration());
        modelBuilder.ApplyConfiguration(new BoardConfiguration());
        modelBuilder.ApplyConfiguration(new FeedKeyConfiguration());
        modelBuilder.ApplyConfiguration(new FeedCutoff.Configuration());
        modelBuilder.ApplyConfiguration(new FeedPlace.Configuration());
        modelBuilder.UseSnakeCase();
    }
}
