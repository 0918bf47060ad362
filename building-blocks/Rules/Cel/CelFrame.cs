namespace Gengdu.Rules.Cel;

/// <summary>A compiled expression.</summary>
internal delegate CelValue CelEvaluator(CelFrame frame);

/// <summary>What an expression sees while it is evaluated. One a thread; closures read it, nothing is allocated for it a rule.</summary>
internal sealed class CelFrame(CelValue[] slots)
{
    public const int MaxLocals = 6;

    /// <summary>Values of declared fields by slot.</summary>
    public CelValue[] Slots { get; set; } = slots;

    /// <summary>Variables of the macros, by depth.</summary>
    public CelValue[] Locals { get; } = new CelValue[MaxLocals];

    public CelValue School { get; set; } = CelValue.EmptyMap;

    public CelValue Period { get; set; } = CelValue.EmptyMap;

    /// <summary>What the organisation signed for the module in the cycle before.</summary>
    public CelValue Previous { get; set; } = CelValue.EmptyMap;

    /// <summary>What the central school signed for the module in this cycle.</summary>
    public CelValue Parent { get; set; } = CelValue.EmptyMap;

    /// <summary>Figures of the organisation from registers.</summary>
    public CelValue Master { get; set; } = CelValue.EmptyMap;

    /// <summary>Figures of schools like this one.</summary>
    public CelValue Peers { get; set; } = CelValue.EmptyMap;

    /// <summary>Every number entered in the module, as {at, value, before}.</summary>
    public CelValue Numbers { get; set; } = CelValue.EmptyList;

    /// <summary>Every text entered in the module, as {at, value, before}.</summary>
    public CelValue Texts { get; set; } = CelValue.EmptyList;

    /// <summary>The number or text a rule runs for.</summary>
    public CelValue Cell { get; set; }

    public CelValue GradeKey { get; set; }

    public CelValue GradeNumber { get; set; }

    public CelValue Row { get; set; }

    public CelValue RowIndex { get; set; }
}
