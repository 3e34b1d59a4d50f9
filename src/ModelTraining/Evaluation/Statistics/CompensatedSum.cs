namespace ModelTraining;

/// <summary>
/// A sum in about twice the precision of a double: what each addition and product rounds off is kept beside the sum (Ogita, Rump and Oishi,
/// "Accurate sum and dot product", 2005). So the order of rows does not show, and differences of large sums keep their digits.
/// </summary>
internal struct CompensatedSum(double sum)
{
    private double _sum = sum;
    private double _rest;

    /// <summary>The sum rounded to a double.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _rest : _sum;

    public void Add(double value)
    {
        var sum = _sum + value;
        var added = sum - _sum;
        _rest += _sum - (sum - added) + (value - added);
        _sum = sum;
    }

    public void AddProduct(double a, double b)
    {
        var product = a * b;
        Add(product);
        _rest += Math.FusedMultiplyAdd(a, b, -product);
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="sum"/>.</summary>
    public void Add(double factor, CompensatedSum sum)
    {
        AddProduct(factor, sum._sum);
        AddProduct(factor, sum._rest);
    }
}
