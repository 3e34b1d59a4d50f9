namespace ModelTraining;

/// <summary>
/// How a report looks: light or dark as the reader's system wants it, light on paper. Every rule is for what is inside the report, so that it leaves a notebook around
/// it alone. The series' colours are those of Okabe and Ito ("Color Universal Design", 2008), darkened or lightened until they stand out from the ground.
/// </summary>
internal static class ReportStyle
{
    public static void Write(Markup html) => html.Add($$"""
        <style>
        .mt-report{--ground:#fff;--ink:#1c2128;--muted:#57606a;--rule:#d0d7de;--soft:#f6f8fa;--shade:#0072b2;--warn:#8a5a00;--warn-ground:#fff8e1;--good:#00694d;--bad:#a83a00;
        --s0:#0072b2;--s1:#c24e00;--s2:#007a5a;--s3:#a8437f;--s4:#8a6100;--s5:#3a86b7;--s6:#555b62;--s7:#7346a5;
        background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;box-sizing:border-box;max-width:1160px;margin:0 auto;padding:24px clamp(12px,3vw,40px) 48px;text-align:left}
        @media screen and (prefers-color-scheme:dark){.mt-report{--ground:#0d1117;--ink:#e6edf3;--muted:#9ea7b3;--rule:#30363d;--soft:#161b22;--shade:#2f8fd0;--warn:#e3b341;--warn-ground:#2b2410;--good:#4ccfa2;--bad:#ff9b63;
        --s0:#5ab5ef;--s1:#f28e4b;--s2:#3fcf9f;--s3:#e794c4;--s4:#e3b84c;--s5:#a3d5f5;--s6:#b4bcc6;--s7:#c3a2ec}
        }
        .mt-report *{box-sizing:border-box}
        .mt-report h1{font-size:27px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere}
        .mt-report h2{font-size:19px;margin:40px 0 10px;padding-bottom:6px;border-bottom:1px solid var(--rule)}
        .mt-report h3{font-size:15px;margin:22px 0 8px}
        .mt-report p{margin:0 0 10px;max-width:85ch}
        .mt-report .sub{color:var(--muted);overflow-wrap:anywhere}
        .mt-report code{font:.92em ui-monospace,"Cascadia Mono",Consolas,Menlo,monospace;unicode-bidi:isolate;color:inherit;background:none;padding:0}
        .mt-report th code,.mt-report td code{white-space:nowrap}
        .mt-report .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0 0}
        .mt-report .tile{background:var(--soft);border:1px solid var(--rule);border-radius:8px;padding:12px 14px}
        .mt-report .tile b{display:block;font-size:23px;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums}
        .mt-report .tile span{display:block;color:var(--muted);font-size:13px;line-height:1.4}
        .mt-report .warn{background:var(--warn-ground);border:1px solid var(--warn);border-left-width:6px;border-radius:8px;padding:14px 18px;margin:24px 0 0}
        .mt-report .warn h2{border:0;margin:0 0 6px;padding:0;font-size:17px;color:var(--warn)}
        .mt-report .warn ul{margin:0;padding-left:20px}
        .mt-report ul,.mt-report ol{margin:0 0 10px;padding-left:22px;overflow-wrap:anywhere}
        .mt-report li{margin:3px 0}
        .mt-report .wide{overflow-x:auto;margin:0 0 12px}
        .mt-report table{border-collapse:collapse;font-size:14px;color:inherit;margin:0;width:auto;min-width:min(100%,420px)}
        .mt-report th,.mt-report td{border:0;border-bottom:1px solid var(--rule);padding:5px 12px 5px 8px;text-align:left;vertical-align:top;background:none;overflow-wrap:break-word;max-width:60ch}
        .mt-report thead th{color:var(--muted);font-weight:600;font-size:13px;border-bottom-width:2px;white-space:nowrap;overflow-wrap:normal}
        .mt-report tbody th{font-weight:600}
        .mt-report .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .mt-report .words{min-width:220px}
        .mt-report .good{color:var(--good)}
        .mt-report .bad{color:var(--bad)}
        .mt-report .part{background:linear-gradient(90deg,color-mix(in srgb,var(--shade) 22%,transparent) var(--share,0%),transparent 0);print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .mt-report .matrix td{text-align:center;font-variant-numeric:tabular-nums;min-width:68px;border:1px solid var(--rule);background:color-mix(in srgb,var(--shade) calc(var(--share,0%)*.55),transparent);print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .mt-report .matrix th{vertical-align:middle}
        .mt-report .matrix small{display:block;color:inherit;opacity:.85}
        .mt-report .matrix .right{outline:2px solid var(--shade);outline-offset:-2px;font-weight:650}
        .mt-report details{margin:0 0 12px}
        .mt-report td details,.mt-report td summary{margin:0}
        .mt-report summary{cursor:pointer;color:var(--muted);margin-bottom:6px}
        .mt-report .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:24px 32px;margin:12px 0 0}
        .mt-report .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:22px 28px;margin:12px 0 0}
        .mt-report .heat{display:block;max-width:none;height:auto}
        .mt-report figure{margin:0;min-width:0;break-inside:avoid}
        .mt-report .charts figure{max-width:640px}
        .mt-report section>figure{margin:24px 0 0}
        .mt-report figcaption{font-weight:650;margin:0 0 4px}
        .mt-report figure>svg{display:block;width:100%;height:auto}
        .mt-report figure p{color:var(--muted);font-size:13px;line-height:1.4;margin:4px 0 0}
        .mt-report .legend{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:2px 0 0;padding:0;font-size:13px}
        .mt-report .legend svg{vertical-align:-2px;margin-right:4px}
        .mt-report svg text{fill:var(--ink);font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;stroke:none}
        .mt-report svg .tick{font-variant-numeric:tabular-nums}
        .mt-report svg .label,.mt-report svg .tick{fill:var(--muted)}
        .mt-report svg .marked{font-weight:650;paint-order:stroke;stroke:var(--ground);stroke-width:4px;stroke-linejoin:round}
        .mt-report svg .grid{stroke:var(--rule);stroke-opacity:1;stroke-width:.7}
        .mt-report svg .axes{stroke:var(--muted)}
        .mt-report svg .line{stroke-width:2.2;stroke-linejoin:round}
        .mt-report svg .reference{stroke:var(--muted);stroke-width:1.4;stroke-dasharray:5 4}
        .mt-report svg .interval{stroke-width:1.2;stroke-opacity:.65}
        .mt-report svg .mark{stroke:var(--ink);stroke-width:2}
        .mt-report svg .disc{stroke-width:2;fill:var(--ground);fill-opacity:.6}
        .mt-report svg .bar,.mt-report svg .positive{fill:var(--s0)}
        .mt-report svg .negative{fill:var(--s1)}
        .mt-report svg .cell{font-size:11px;font-variant-numeric:tabular-nums}
        .mt-report svg .s0{stroke:var(--s0)}
        .mt-report svg .s1{stroke:var(--s1);stroke-dasharray:7 3}
        .mt-report svg .s2{stroke:var(--s2);stroke-dasharray:2 3}
        .mt-report svg .s3{stroke:var(--s3);stroke-dasharray:10 3 2 3}
        .mt-report svg .s4{stroke:var(--s4);stroke-dasharray:14 4}
        .mt-report svg .s5{stroke:var(--s5);stroke-dasharray:4 2}
        .mt-report svg .s6{stroke:var(--s6);stroke-dasharray:1 4}
        .mt-report svg .s7{stroke:var(--s7);stroke-dasharray:10 2 2 2 2 2}
        .mt-report svg .dots{stroke-width:5;stroke-linecap:round;stroke-dasharray:none;stroke-opacity:.45}
        .mt-report svg .swarm{stroke-width:4;stroke-linecap:round;stroke-opacity:.8}
        .mt-report svg .v0{stroke:var(--s0)}
        .mt-report svg .v1{stroke:color-mix(in srgb,var(--s0) 65%,var(--s3))}
        .mt-report svg .v2{stroke:var(--s3)}
        .mt-report svg .v3{stroke:color-mix(in srgb,var(--s1) 50%,var(--s3))}
        .mt-report svg .v4{stroke:var(--s1)}
        .mt-report svg .trial{stroke-width:1.1;stroke-linejoin:round;stroke-opacity:.75}
        .mt-report svg .trial.v0{stroke-width:1.7}
        .mt-report svg .first{stroke-width:2.8;stroke-opacity:1}
        .mt-report svg .scale{paint-order:stroke;stroke:var(--ground);stroke-width:3px;stroke-linejoin:round}
        .mt-report svg .vn{stroke:var(--muted);stroke-opacity:.55}
        @media print{.mt-report{max-width:none;padding:0;font-size:10pt}.mt-report table{font-size:9pt}.mt-report .charts{grid-template-columns:1fr 1fr}.mt-report h2{break-after:avoid}.mt-report tr,.mt-report .tile{break-inside:avoid}.mt-report .wide{overflow:visible} }
        </style>

        """);

    /// <summary>What a page of its own needs beyond it.</summary>
    public static void WritePage(Markup html) => html.Add($$"""
        <style>
        html{background:#fff}
        body{margin:0}
        @media screen and (prefers-color-scheme:dark){html{background:#0d1117} }
        </style>

        """);
}
