using Gengdu.Rules;

namespace Gengdu.Analytics.Explanations;

/// <summary>How an indicator is computed, as one version of the programme has it.</summary>
/// <param name="Kind">"ratio", "share", "timeliness" or "dispersion".</param>
/// <param name="Applies">CEL: whether it says something about a school; null when it always does.</param>
/// <param name="Numerator">CEL over a school's values; null when it is counted from the roster.</param>
/// <param name="Denominator">CEL over a school's values; null when it is counted from the roster.</param>
/// <param name="Factor">1, 100 or 10000.</param>
/// <param name="Target">A fixed one, in the unit of the value.</param>
/// <param name="MedianTarget">Whether a school is held against the median of its county instead.</param>
/// <param name="TargetSource">"P" policy, "B" benchmark, "O" our default.</param>
/// <param name="Direction">"up", "down" or "band".</param>
/// <param name="Band">Lower and upper end of a band.</param>
/// <param name="Weight">Within its area.</param>
/// <param name="AreaWeight">Of the area in the index.</param>
/// <param name="Information">Shown and never rated.</param>
/// <param name="Missing">What a missing number does: "skip" (the school has no figure) or "zero".</param>
/// <param name="FormulaVersion">Version of the indicators.</param>
/// <param name="ProgrammeVersion">Version of the programme that carries it.</param>
/// <param name="Fields">What it reads, in the order of first use.</param>
public sealed record DefinitionResponse(
    string Id, ServiceDefaults.Text Name, string Area, string Kind, ServiceDefaults.Text? Unit, string? Applies, string? Numerator, string? Denominator,
    double Factor, int Decimals, double? Target, bool MedianTarget, string? TargetSource, string Direction, IReadOnlyList<double>? Band, double Weight,
    double AreaWeight, bool Information, string Missing, ServiceDefaults.Text? Later, string FormulaVersion, string ProgrammeVersion,
    IReadOnlyList<ReadFieldResponse> Fields)
{
    internal static DefinitionResponse Of(Programme programme, Indicator indicator) => new(
        indicator.Id, Both(indicator.Name)!, indicator.Area, indicator.Kind, Both(indicator.Unit), indicator.Applies, indicator.Numerator, indicator.Denominator,
        indicator.Factor, indicator.Decimals, indicator.Target?.Value, indicator.Target?.Median == true, indicator.Target?.Source, indicator.Direction,
        indicator.Band, indicator.Weight, programme.Areas.FirstOrDefault(area => area.Key == indicator.Area)?.Weight ?? 0, indicator.Information,
        indicator.Missing, Both(indicator.Later), programme.IndicatorsVersion, programme.Version,
        [.. indicator.FieldsUsed.Select(key => ReadFieldResponse.Of(programme, key))]);

    internal static ServiceDefaults.Text? Both(Text? text) => text is null ? null : new(text.Zh, text.En);
}

/// <summary>A field that a formula reads.</summary>
/// <param name="Number">Number people know it by, such as "1.08".</param>
/// <param name="Per">"grade" when it has a value for each grade.</param>
public sealed record ReadFieldResponse(string Key, string? Number, ServiceDefaults.Text Name, ServiceDefaults.Text? Unit, string? Per, string ModuleKey, ServiceDefaults.Text ModuleName)
{
    internal static ReadFieldResponse Of(Programme programme, string key)
    {
        var (field, module) = (programme.Field(key)!, programme.ModuleOf(key)!);
        return new(key, field.Number, DefinitionResponse.Both(field.Name)!, DefinitionResponse.Both(field.Unit), field.Per, module.Key, DefinitionResponse.Both(module.Name)!);
    }
}
