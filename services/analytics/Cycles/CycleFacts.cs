using System.Globalization;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>What formulas need to know about a cycle.</summary>
internal sealed record CycleFacts(Guid Id, Formulas Formulas, PeriodContext Period)
{
    /// <summary>The facts, or null while the cycle or its programme has not arrived.</summary>
    public static async Task<CycleFacts?> FindAsync(NpgsqlConnection connection, ProgrammeShelf programmes, Guid cycleId, CancellationToken cancellationToken)
    {
        string key, version, academicYear;
        DateOnly start, end;
        int fiscalYear;
        await using (var command = new NpgsqlCommand(
            """
            select c.programme_key, coalesce(p.programme_version, c.programme_version), c.period_start, c.period_end, c.academic_year, c.fiscal_year
            from cycles c left join cycle_programmes p on p.cycle_id = c.id where c.id = $1
            """, connection))
        {
            command.Parameters.AddWithValue(cycleId);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            (key, version) = (reader.GetString(0), reader.GetString(1));
            (start, end) = (reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateOnly>(3));
            (academicYear, fiscalYear) = (reader.GetString(4), reader.GetInt32(5));
        }

        return await programmes.FindAsync(connection, key, version, cancellationToken) is { } formulas
            ? new(cycleId, formulas, PeriodOf(start, end, academicYear, fiscalYear))
            : null;
    }

    /// <summary>
    /// Reads each revision by the form it was signed on: what meant something else there counts as not answered. One whose form has not
    /// arrived counts as not submitted until it does.
    /// </summary>
    public async Task ReadAsync(NpgsqlConnection connection, ProgrammeShelf programmes, IEnumerable<ReportingSchool> schools, CancellationToken cancellationToken)
    {
        foreach (var school in schools)
        {
            foreach (var (key, module) in school.Submitted.Where(s => s.Value.ProgrammeVersion is { } version && version != Formulas.Programme.Version).ToList())
            {
                var theirs = await programmes.FindAsync(connection, Formulas.Programme.Key, module.ProgrammeVersion!, cancellationToken);
                if (theirs is null)
                {
                    school.Submitted.Remove(key);
                }
                else if (theirs.Programme.Module(key) is { } from && Formulas.Programme.Module(key) is { } to)
                {
                    school.Submitted[key] = module with { Values = FieldVersions.Read(from, to, module.Values) };
                }
            }
        }
    }

    private static PeriodContext PeriodOf(DateOnly start, DateOnly end, string academicYear, int fiscalYear)
    {
        var first = int.TryParse(academicYear.AsSpan(0, Math.Min(4, academicYear.Length)), CultureInfo.InvariantCulture, out var year) ? year : start.Year;
        // Figures are about the period, not about the day they are computed on: with the last day as "today" a rebuild
        // next year gives the same figures.
        return new(Today: end, start, end, new DateOnly(first, 9, 1), new DateOnly(first + 1, 8, 31), fiscalYear);
    }
}
