using System.Text.Json;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules;

/// <summary>
/// What rules compare with. Every member is always there: null or empty where nothing is known, so that a first cycle or a school
/// without peers is a missing value and never a failure.
/// </summary>
internal static class PastAndPeers
{
    public static readonly CelShape PeerShape = new("n", "median", "low", "high", "mean", "deviation");

    private static readonly CelValue s_noPeers = CelValue.Of(new CelMap(
        PeerShape, [CelValue.Of(0), CelValue.Null, CelValue.Null, CelValue.Null, CelValue.Null, CelValue.Null]));

    /// <summary>A module's document of another time or school, read as the form's own is.</summary>
    public static CelValue Values(ValueLayout layout, Module module, JsonElement? document)
    {
        var shape = module.EarlierShape;
        var values = Array.ConvertAll(shape.Keys, key => layout.EmptyAt(layout.SlotOf(key)));
        if (document is { ValueKind: JsonValueKind.Object } known)
        {
            foreach (var property in known.EnumerateObject())
                if (ValueReading.IndexOf(shape, property) is >= 0 and var index) values[index] = ValueReading.Read(layout, layout.SlotOf(shape.Keys[index]), property.Value);
        }
        return CelValue.Of(new CelMap(shape, values));
    }

    public static CelValue Master(Programme programme, EvaluationContext context)
    {
        var keys = programme.Master.Select(figure => figure.Key).ToArray();
        return CelValue.Of(new CelMap(new CelShape(keys), Array.ConvertAll(keys, key =>
            context.Master is { } master && master.TryGetValue(key, out var figure) ? CelValue.Of(figure) : CelValue.Null)));
    }

    public static CelValue Peers(Module module, EvaluationContext context) => CelValue.Of(new CelMap(
        new CelShape(module.PeerMeasures),
        [.. module.PeerMeasures.Select(id => context.Peers is { } peers && peers.TryGetValue(id, out var known) ? Of(known) : s_noPeers)]));

    private static CelValue Of(PeerStatistics peers) => CelValue.Of(new CelMap(PeerShape,
    [
        CelValue.Of(peers.N), CelValue.Of(peers.Median), CelValue.Of(peers.Low), CelValue.Of(peers.High), CelValue.Of(peers.Mean), CelValue.Of(peers.Deviation),
    ]));
}
