using System.Globalization;
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
            "select programme_key, programme_version, period_start, period_end, academic_year, fiscal_year from cycles where id = $1", connection))
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

    private static PeriodContext PeriodOf(DateOnly start, DateOnly end, string academicYear, int fiscalYear)
    {
        var first = int.TryParse(academicYear.AsSpan(0, Math.Min(4, academicYear.Length)), CultureInfo.InvariantCulture, out var year) ? year : start.Year;
        // Figures are about the period, not about the day they are computed on: with the last day as "today" a rebuild
        // next year gives the same figures.
        return new(Today: end, start, end, new DateOnly(first, 9, 1), new DateOnly(first + 1, 8, 31), fiscalYear);
    }
}
