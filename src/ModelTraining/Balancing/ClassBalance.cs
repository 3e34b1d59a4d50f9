namespace ModelTraining;

/// <summary>A class before and after a <c>Balance</c>.</summary>
/// <param name="Class">The class.</param>
/// <param name="RowsBefore">Its training rows before; those whose weight is 0 are not counted.</param>
/// <param name="RowsAfter">Its training rows after.</param>
/// <param name="Weight">What the weight of each of its rows was multiplied by; 1 where it was not.</param>
public sealed record ClassBalance(string Class, int RowsBefore, int RowsAfter, double Weight);
