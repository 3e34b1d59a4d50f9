using System.Xml.Linq;

namespace ModelTraining.Tests.Reporting;

internal sealed class ChartCanvasTests
{
    [Test]
    public void Line_valuesThatAreNoNumbers_leaveGaps()
    {
        var figure = Figure(canvas => canvas.Line([new(0, 0), new(0.5, 0.5), new(double.NaN, 1), new(0.6, double.PositiveInfinity), new(0.8, 0.8), new(1, 1)], 0, "a"));
        var path = figure.Descendants("path").Single(path => (string?)path.Attribute("class") == "line s0" && path.Parent!.Name == "svg" && path.Parent.Attribute("role") is not null);
        Assert.That(path.Attribute("d")!.Value, Is.EqualTo("M46 270L246 148M366 74.8L446 26"));
    }

    [Test]
    public void WriteTo_picture_isNamedAndSaysWhatItShows()
    {
        var svg = Figure(canvas => canvas.Line([new(0, 0), new(1, 1)], 1, "<b>")).Element("svg")!;
        Assert.Multiple(() =>
        {
            Assert.That(svg.Attribute("role")!.Value, Is.EqualTo("img"));
            Assert.That(svg.Element("title")!.Value, Is.EqualTo("A & B"));
            Assert.That(svg.Element("desc")!.Value, Is.EqualTo("says <it>"));
            Assert.That(svg.Parent!.Element("ul")!.Value.Trim(), Is.EqualTo("<b>"));
        });
    }

    [Test]
    public void AllShapes_awkwardValues_stayInsideThePicture()
    {
        double[] awkward = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1e300, 1e300, 0.5];
        var points = (from x in awkward from y in awkward select new ChartPoint(x, y)).ToList();
        var figure = Figure(canvas =>
        {
            canvas.Line(points, 0, "line");
            canvas.Dots(points, 1, "dots");
            canvas.Reference(points[0], points[7]);
            foreach (var point in points)
            {
                canvas.Mark(point, "mark");
                canvas.Disc(point, 0.5, 2);
                canvas.Interval(point.X, point.Y, 0.5, 3);
            }
        });
        SvgNumbers.Check(figure.ToString());
    }

    [Test]
    public void WriteTo_nothingDrawn_isAnEmptyPictureWithAxes() =>
        Assert.That(Figure(canvas => canvas.Line([], 0, "nothing")).Descendants("li"), Is.Empty);

    private static XElement Figure(Action<ChartCanvas> draw)
    {
        var canvas = new ChartCanvas("A & B", "says <it>", Axis.Unit("x"), Axis.Unit("y"));
        draw(canvas);
        var html = new Markup();
        canvas.WriteTo(html);
        return XElement.Parse(html.ToString());
    }
}
