using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests;

/// <summary>The events of one cycle, as reporting and supervision would publish them.</summary>
internal sealed class TestCycle(AnalyticsFixture fixture, params Organisation[] roster)
{
    public static readonly DateTimeOffset Start = new(2026, 9, 15, 0, 0, 0, TimeSpan.Zero);
    private static int s_lastVersion;
    private readonly Dictionary<(Guid, string), Guid> _reports = [];

    public Guid Id { get; } = AnalyticsFixture.NewId();

    /// <summary>A version of its own: no test meets another's programme.</summary>
    public string Version { get; } = $"2026.{Interlocked.Increment(ref s_lastVersion)}";

    /// <summary>What the opening knew of schools; nothing of those that are not in it.</summary>
    public Dictionary<Guid, (string? Size, string? Boarding)> Profiles { get; } = [];

    public ProgrammePublished Programme() => TestProgramme.Published(Version);

    public CycleOpened Opened() => new()
    {
        CycleId = Id,
        ProgrammeKey = TestProgramme.Key,
        ProgrammeVersion = Version,
        NameZh = "2026年秋季",
        NameEn = "Autumn 2026",
        PeriodKey = "2026-autumn",
        PeriodStart = new(2026, 9, 1),
        PeriodEnd = new(2027, 1, 31),
        AcademicYear = "2026-2027",
        FiscalYear = 2026,
        OpensAt = Start,
        Deadlines = new Dictionary<string, DateTimeOffset> { ["school"] = Start.AddDays(30) },
        ModuleKeys = ["basics", "money", "care"],
        RosterSize = roster.Length,
        RosterParts = 1,
        OpenedAt = Start,
    };

    public CycleProgrammeChanged Changed(string version, int number = 1) => new()
    {
        CycleId = Id,
        ProgrammeKey = TestProgramme.Key,
        ProgrammeVersion = version,
        Number = number,
        ChangedAt = Start.AddDays(1),
    };

    public CycleRosterPublished Roster(int part = 1, int parts = 1, params Organisation[] some) => new()
    {
        CycleId = Id,
        Part = part,
        Parts = parts,
        Entries = [.. (some.Length == 0 ? roster : some).Select(organisation => new RosterEntry
        {
            ReportId = Report(organisation, "report"),
            OrganisationId = organisation.Id,
            OrganisationPath = organisation.Path,
            Level = organisation.LevelRoles[^1],
            Code = organisation.Code,
            SchoolType = organisation.SchoolType,
            UrbanRural = organisation.UrbanRural,
            RunBy = organisation.RunBy,
            SizeClass = Profiles.GetValueOrDefault(organisation.Id).Size,
            Boarding = Profiles.GetValueOrDefault(organisation.Id).Boarding,
            Grades = organisation.Grades,
            ModuleKeys = organisation.Kind == "school" ? ["basics", "money", "care"] : ["department"],
        })],
    };

    public ModuleReportSubmitted Submitted(Organisation organisation, string module, JsonObject values, int revision = 1, bool onTime = true, int minute = 1) => new()
    {
        ModuleReportId = Report(organisation, module),
        Revision = revision,
        ReportId = Report(organisation, "report"),
        CycleId = Id,
        ProgrammeKey = TestProgramme.Key,
        ProgrammeVersion = Version,
        ModuleKey = module,
        OrganisationId = organisation.Id,
        OrganisationPath = organisation.Path,
        Level = organisation.LevelRoles[^1],
        SubmittedAt = Start.AddMinutes(minute),
        SubmittedBy = AnalyticsFixture.NewId(),
        OnTime = onTime,
        ReceiptNumber = "20260915-000001",
        ContentHash = new string('a', 64),
        Values = JsonSerializer.SerializeToElement(values),
    };

    public ModuleReportReturned Returned(Organisation organisation, string module, int revision, long version, int minute = 10) => new()
    {
        ReviewId = AnalyticsFixture.NewId(),
        ModuleReportId = Report(organisation, module),
        Revision = revision,
        CycleId = Id,
        OrganisationId = organisation.Id,
        Level = "county",
        ReturnedBy = AnalyticsFixture.NewId(),
        ReturnedAt = Start.AddMinutes(minute),
        Reasons = [new() { Code = "wrong-value", Text = "请核对" }],
        ReviewVersion = version,
    };

    public ModuleReportsApproved Approved(string level, int minute, params (Organisation At, string Module, int Revision, long Version)[] items) => new()
    {
        CycleId = Id,
        Level = level,
        At = Start.AddMinutes(minute),
        Items = [.. items.Select(item => new ApprovedModuleReport
        {
            ReviewId = AnalyticsFixture.NewId(), ModuleReportId = Report(item.At, item.Module), Revision = item.Revision, OrganisationId = item.At.Id, ReviewVersion = item.Version,
        })],
    };

    public ModuleReportsAccepted Accepted(int minute, params (Organisation At, string Module, int Revision, long Version)[] items) => new()
    {
        CycleId = Id,
        Level = "province",
        At = Start.AddMinutes(minute),
        Items = [.. items.Select(item => new AcceptedModuleReport
        {
            ReviewId = AnalyticsFixture.NewId(), ModuleReportId = Report(item.At, item.Module), Revision = item.Revision, OrganisationId = item.At.Id, ReviewVersion = item.Version,
        })],
    };

    /// <summary>Programme, cycle and roster are there.</summary>
    public async Task<TestCycle> OpenedAsync()
    {
        await DeliverAsync(Programme());
        await DeliverAsync(Opened());
        await DeliverAsync(Roster());
        return this;
    }

    public Task DeliverAsync<TEvent>(TEvent message, Guid? messageId = null)
        where TEvent : class => fixture.Host.Events.DeliverAsync(message, messageId);

    /// <summary>Side by side, as a deadline day brings them: they share batches.</summary>
    public Task DeliverAllAsync(IEnumerable<ModuleReportSubmitted> submitted) => Task.WhenAll(submitted.Select(e => DeliverAsync(e)));

    internal Guid Report(Organisation organisation, string module)
    {
        lock (_reports)
        {
            return _reports.TryGetValue((organisation.Id, module), out var known) ? known : _reports[(organisation.Id, module)] = AnalyticsFixture.NewId();
        }
    }
}
