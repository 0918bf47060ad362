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

    public CelValue GradeKey { get; set; }

    public CelValue GradeNumber { get; set; }

    public CelValue Row { get; set; }

    public CelValue RowIndex { get; set; }
}
