using System.Data.Common;
using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Versions;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Read together with its surroundings in one round trip (<see cref="ModuleReportDossier"/>), which EF cannot express.</summary>
internal sealed partial class ModuleReport
{
    public const string Columns = """
        m.id, m.report_id, m.cycle_id, m.organisation_id, m.organisation_path, m.module_key, m.reads, m.state, m.version, m.values, m.explanations, m.return,
        m.errors, m.warnings, m.unexplained, m.completion, m.saved_at, m.last_edited_by, m.revision, m.submitted_at, m.approved_level, m.review_version
        """;

    public const int ColumnCount = 22;

    /// <summary>Read by name, at the end of the statement.</summary>
    public const string VersionColumns = "m.programme_version as own_version, m.set_aside as own_set_aside, m.on_time as own_on_time";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ModuleReport Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ReportId = row.GetGuid(1),
        CycleId = row.GetGuid(2),
        OrganisationId = row.GetGuid(3),
        OrganisationPath = row.GetString(4),
        ModuleKey = row.GetString(5),
        Reads = row.GetFieldValue<string[]>(6),
        State = ModuleReportStateText.Parse(row.GetString(7)),
        Version = row.GetInt64(8),
        Values = row.GetString(9),
        Explanations = JsonSerializer.Deserialize<IReadOnlyList<Explanation>>(row.GetString(10), Json)!,
        Return = row.IsDBNull(11) ? null : JsonSerializer.Deserialize<ReturnNotice>(row.GetString(11), Json),
        Errors = row.GetInt32(12),
        Warnings = row.GetInt32(13),
        Unexplained = row.GetInt32(14),
        Completion = row.GetDouble(15),
        SavedAt = row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16),
        LastEditedBy = row.IsDBNull(17) ? null : row.GetGuid(17),
        Revision = row.GetInt32(18),
        SubmittedAt = row.IsDBNull(19) ? null : row.GetFieldValue<DateTimeOffset>(19),
        ApprovedLevel = row.IsDBNull(20) ? null : row.GetString(20),
        ReviewVersion = row.GetInt64(21),
        ProgrammeVersion = row.GetOrdinal("own_version") is var version && row.IsDBNull(version) ? null : row.GetString(version),
        OnTime = row.GetOrdinal("own_on_time") is var onTime && row.IsDBNull(onTime) ? null : row.GetBoolean(onTime),
        SetAside = row.GetString(row.GetOrdinal("own_set_aside")) is var aside && aside == "[]" ? [] : JsonSerializer.Deserialize<IReadOnlyList<SetAsideCell>>(aside, Json)!,
    };
}
