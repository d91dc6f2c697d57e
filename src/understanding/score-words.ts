/** Words that stand with a number of something else: "10 km", "size 9", "5 reps". */
export const OTHER_UNITS = new Set(
  "minute minutes second seconds hour hours day days night nights week weeks month months year years old km k kilometre kilometres mile miles metre metres meter meters m yard yards feet foot inch inches cm mm kg kilo kilos lb lbs pound pounds stone gram grams mg ml litre litres liter liters pint pints am pm oclock percent degrees degree c f reps rep times time sets set laps lap steps step floors stairs sessions cramps people kids dollars euros quid pence mph bpm watts volt volts weeks holds goes more th st nd rd star stars euro cups cans glasses bottles tablets pills stretches minuets nil x".split(
    " ",
  ),
);
/** Words before a number that is not a score: "size 9", "mile 14". */
export const OTHER_LEADS = new Set(
  "size age aged mile lap level floor room route number bus step chapter at page stage week day type set rep round version season episode year class grade platform gate flat apartment unit house question lesson video done did do watched finished completed until till before after past last next every cycle minute m6 bpm".split(
    " ",
  ),
);
/** Words before a number that is a score: "about a 6", "pain is 4". */
export const SCORE_LEADS = new Set(
  "a an about around roughly maybe like say is its it pain level score scale rate rated rating call put give was were from to now currently down up between probably solid good at hitting nearly almost still feels felt only just id im this hurts be".split(
    " ",
  ),
);
