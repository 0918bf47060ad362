using System.Text.Json;
using Gengdu.Rules.Cel;

namespace Gengdu.Rules.Tests.Cel;

/// <summary>Expressions over plain JSON variables, without a programme.</summary>
internal static class CelTesting
{
    public static CelNames Names(params string[] names)
    {
        var declared = new CelNames();
        for (var i = 0; i < names.Length; i++)
        {
            var slot = i;
            declared.Declare(names[i], frame => frame.Slots[slot]);
        }
        return declared;
    }

    public static CelExpression? TryCompile(string text, CelNames names)
    {
        try
        {
            return CelExpression.Compile(text, names);
        }
        catch (CelCompileException)
        {
            return null;
        }
    }

    public static CelValue Evaluate(string text, string variables = "{}")
    {
        var json = JsonDocument.Parse(variables).RootElement;
        var frame = new CelFrame([.. json.EnumerateObject().Select(property => Value(property.Value))]);
        return CelExpression.Compile(text, Names([.. json.EnumerateObject().Select(property => property.Name)])).Evaluate(frame);
    }

    public static CelValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => CelValue.Of(json.GetDouble()),
        JsonValueKind.String => CelValue.Of(json.GetString()),
        JsonValueKind.True => CelValue.True,
        JsonValueKind.False => CelValue.False,
        JsonValueKind.Array => CelValue.Of([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Object => CelValue.Of(new CelMap(
            new CelShape(json.EnumerateObject().Select(property => property.Name)), [.. json.EnumerateObject().Select(property => Value(property.Value))])),
        _ => CelValue.Null,
    };
}
