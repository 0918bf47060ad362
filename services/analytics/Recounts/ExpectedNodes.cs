using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// What the nodes should show, added up in memory from the schools' rows as they come by: not by the statements that maintain
/// the stored sums, so that a fault in those is seen.
/// </summary>
internal sealed class ExpectedNodes(Formulas formulas)
{
    // Medians and spreads are quotients and roots: the database's last digit is not ours.
    private const double Hair = 1e-9;
    private readonly Dictionary<(string Path, string Indicator), Sum> _sums = [];
    private readonly Dictionary<(string NodePath, string Indicator, string? SchoolType), List<double>> _spreads = [];

    public int Count => _sums.Count;

    public void Add(SchoolIndicator row, string? schoolType)
    {
        var spread = formulas.Dispersions.Contains(row.Indicator);
        double? ratio = row is { Reason: null, Denominator: > 0 } ? (double)(row.Numerator!.Value / row.Denominator.Value) : null;
        foreach (var path in TreePath.Ancestors(row.NodePath).Prepend(row.NodePath))
        {
            var sum = At(path, row.Indicator);
            sum.Numerator += spread ? 0 : row.Numerator ?? 0;
            sum.Denominator += spread ? 0 : row.Denominator ?? 0;
            sum.Reported += row.Reason is null ? 1 : 0;
            sum.Due += row.Reason is "does-not-apply" or "not-collected" or "exempt" ? 0 : 1;
            var approved = row is { Reason: null, Approved: true };
            sum.Approved += approved ? 1 : 0;
            sum.ApprovedNumerator += approved ? row.Numerator ?? 0 : 0;
            sum.ApprovedDenominator += approved ? row.Denominator ?? 0 : 0;
            sum.NotSubmitted += row.Reason is SchoolIndicator.NotSubmitted ? 1 : 0;
            sum.Missing += row.Reason is IndicatorOutcome.Missing ? 1 : 0;
            sum.AsOf = sum.AsOf is { } known && !(row.AsOf > known) ? known : row.AsOf;
        }

        if (ratio is { } value && formulas.Medians.Contains(row.Indicator))
        {
            At(row.NodePath, row.Indicator).Ratios.Add(value);
        }

        if (ratio is { } part && spread)
        {
            var key = (row.NodePath, row.Indicator, schoolType);
            (_spreads.TryGetValue(key, out var parts) ? parts : _spreads[key] = []).Add(part);
        }
    }

    /// <summary>Places and indicators where the stored row is another, is missing or is too many.</summary>
    public async Task<List<(string Path, string Indicator)>> CompareAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        AddSpreads();
        await using var command = new NpgsqlCommand(
            """
            select path, indicator, numerator, denominator, reported, due, approved, median, as_of, approved_numerator, approved_denominator, not_submitted, missing
            from node_figures where cycle_id = $1
            """, connection);
        command.Parameters.AddWithValue(cycleId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var differing = new List<(string, string)>();
        var unseen = new HashSet<(string, string)>(_sums.Keys);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = (reader.GetString(0), reader.GetString(1));
            if (!unseen.Remove(key) || !Same(_sums[key], reader, formulas.Dispersions.Contains(key.Item2)))
            {
                differing.Add(key);
            }
        }

        return [.. differing, .. unseen];
    }

    private static bool Same(Sum sum, NpgsqlDataReader reader, bool spread)
    {
        var (numerator, denominator) = (reader.GetDecimal(2), reader.GetDecimal(3));
        double? median = reader.IsDBNull(7) ? null : reader.GetDouble(7);
        DateTimeOffset? asOf = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8);
        return (spread ? Near((double)numerator, (double)sum.Numerator, 4 * (double)sum.Denominator) : numerator == sum.Numerator) && denominator == sum.Denominator
            && (reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6), asOf) == (sum.Reported, sum.Due, sum.Approved, sum.AsOf)
            && (reader.GetDecimal(9), reader.GetDecimal(10), reader.GetInt32(11), reader.GetInt32(12)) == (sum.ApprovedNumerator, sum.ApprovedDenominator, sum.NotSubmitted, sum.Missing)
            && (median, sum.Median) switch
            {
                (null, null) => true,
                ({ } theirs, { } ours) => Near(theirs, ours, Math.Abs(ours)),
                _ => false,
            };
    }

    private static bool Near(double one, double other, double size) => Math.Abs(one - other) <= Hair * Math.Max(1, size);

    // As in the domain's K40: within a county and a type of school, weighted by the number of schools.
    private void AddSpreads()
    {
        foreach (var ((nodePath, indicator, _), parts) in _spreads)
        {
            var mean = parts.Average();
            if (parts.Count < 2 || mean <= 0)
            {
                continue;
            }

            var deviation = Math.Sqrt(parts.Sum(part => (part - mean) * (part - mean)) / parts.Count);
            foreach (var path in TreePath.Ancestors(nodePath).Prepend(nodePath))
            {
                var sum = At(path, indicator);
                sum.Numerator += parts.Count * Math.Round((decimal)(deviation / mean), 9);
                sum.Denominator += parts.Count;
            }
        }
    }

    private Sum At(string path, string indicator) => _sums.TryGetValue((path, indicator), out var sum) ? sum : _sums[(path, indicator)] = new();

    private sealed class Sum
    {
        public decimal Numerator { get; set; }

        public decimal Denominator { get; set; }

        public int Reported { get; set; }

        public int Due { get; set; }

        public int Approved { get; set; }

        public decimal ApprovedNumerator { get; set; }

        public decimal ApprovedDenominator { get; set; }

        public int NotSubmitted { get; set; }

        public int Missing { get; set; }

        public DateTimeOffset? AsOf { get; set; }

        public List<double> Ratios { get; } = [];

        public double? Median
        {
            get
            {
                if (Ratios.Count == 0)
                {
                    return null;
                }

                Ratios.Sort();
                var (low, high) = (Ratios[(Ratios.Count - 1) / 2], Ratios[Ratios.Count / 2]);
                return low + ((high - low) * 0.5);
            }
        }
    }
}
