using System.Text.Json;
using Gengdu.Rules;

namespace Gengdu.Reporting.Peers;

/// <summary>Values of a county's schools by kind, indicator and organisation, from what they submitted.</summary>
internal sealed class PeerCounty(Programme programme, PeriodContext period)
{
    private readonly Dictionary<string, Dictionary<string, Dictionary<Guid, double>>> _values = [];

    public IReadOnlyDictionary<string, Dictionary<string, Dictionary<Guid, double>>> Values => _values;

    public static string KindOf(string schoolType, string? urbanRural) => $"{schoolType}/{urbanRural}";

    public void Add(Guid organisationId, SchoolContext school, IEnumerable<(string Module, JsonElement Values)> submitted)
    {
        var set = new ValueSet(programme);
        foreach (var (module, values) in submitted)
        {
            set.Add(module, values);
        }

        var context = new EvaluationContext(school, period);
        foreach (var measure in programme.PeerMeasures)
        {
            var outcome = IndicatorEvaluator.Evaluate(measure, set, context);
            if (outcome.HasValue && outcome.Denominator > 0 && school.Type is { } type)
            {
                Under(KindOf(type, school.UrbanRural), measure.Id)[organisationId] = outcome.Numerator / outcome.Denominator;
            }
        }
    }

    /// <summary>Decides for each kind and indicator what is published from now on, and of which values.</summary>
    public (Dictionary<string, Dictionary<string, PeerStatistics>> Published, Dictionary<string, Dictionary<string, Dictionary<Guid, double>>> Basis) Publish(
        IReadOnlyDictionary<string, Dictionary<string, PeerStatistics>> published, IReadOnlyDictionary<string, Dictionary<string, Dictionary<Guid, double>>> basis, PeerOptions options)
    {
        var (figures, values) = (new Dictionary<string, Dictionary<string, PeerStatistics>>(), new Dictionary<string, Dictionary<string, Dictionary<Guid, double>>>());
        foreach (var (kind, measures) in _values)
        {
            foreach (var (measure, now) in measures)
            {
                var before = published.GetValueOrDefault(kind)?.GetValueOrDefault(measure);
                var then = before is null ? null : basis.GetValueOrDefault(kind)?.GetValueOrDefault(measure);
                switch (PeerPublication.Decide(now, then, options))
                {
                    case PeerDecision.Publish:
                        Set(kind, measure, PeerPublication.Of(now.Values), now);
                        break;
                    case PeerDecision.Keep:
                        Set(kind, measure, before!, then!);
                        break;
                    default:
                        break;
                }
            }
        }

        return (figures, values);

        void Set(string kind, string measure, PeerStatistics statistics, Dictionary<Guid, double> of)
        {
            (figures.TryGetValue(kind, out var known) ? known : figures[kind] = [])[measure] = statistics;
            (values.TryGetValue(kind, out var bases) ? bases : values[kind] = [])[measure] = of;
        }
    }

    private Dictionary<Guid, double> Under(string kind, string measure)
    {
        var measures = _values.TryGetValue(kind, out var known) ? known : _values[kind] = [];
        return measures.TryGetValue(measure, out var values) ? values : measures[measure] = [];
    }
}
